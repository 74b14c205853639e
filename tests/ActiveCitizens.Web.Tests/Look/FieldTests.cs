using AngleSharp.Dom;

namespace ActiveCitizens.Web.Tests.Look;

public sealed class FieldTests(LookSite site) : IClassFixture<LookSite>
{
    [Theory]
    [InlineData("Name", "input", "text")]
    [InlineData("Email", "input", "email")]
    [InlineData("Phone", "input", "tel")]
    [InlineData("Password", "input", "password")]
    [InlineData("Code", "input", "text")]
    [InlineData("Born", "input", "date")]
    [InlineData("Amount", "input", "text")]
    [InlineData("Idea", "textarea", null)]
    [InlineData("Neighbourhood", "select", null)]
    [InlineData("Agreed", "input", "checkbox")]
    [InlineData("Document", "input", "file")]
    public async Task A_field_has_a_label_and_no_error_at_first(string name, string tag, string? type)
    {
        var page = await site.GetPageAsync("/design");
        var input = Assert.Single(page.QuerySelectorAll($"form [name='Input.{name}']:not([type=hidden])"), each => each.Closest(".search-form") is null);
        Assert.Equal((tag, type), (input.LocalName, tag == "input" ? input.GetAttribute("type") : null));
        Assert.NotEqual("", Assert.Single(page.QuerySelectorAll($"label[for='{input.Id}']"), each => each.Closest(".search-form") is null).TextContent.Trim());
        Assert.False(input.HasAttribute("aria-invalid"));
        Assert.DoesNotContain(page.All, element => element.Id == $"{input.Id}-error");
    }

    [Theory]
    [InlineData("Name", "Saisissez votre nom")]
    [InlineData("Email", "Saisissez une adresse complète, comme nom@exemple.fr")]
    [InlineData("Password", "Choisissez au moins 12 caractères")]
    [InlineData("Idea", "Décrivez votre idée en 200 caractères au plus")]
    [InlineData("Neighbourhood", "Choisissez votre quartier")]
    [InlineData("Agreed", "Confirmez que vous habitez à cette adresse")]
    [InlineData("Document", "Choisissez un fichier de 5 Mo au plus")]
    public async Task An_error_stands_beside_its_field_and_in_the_summary(string name, string message)
    {
        var page = await site.GetPageAsync("/design/form-errors");
        var input = page.QuerySelector($"[name='Input.{name}']:not([type=hidden])")!;
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        var error = Assert.Single(Described(page, input), element => element.ClassList.Contains("ds-validation-message"));
        Assert.EndsWith(message, error.TextContent, StringComparison.Ordinal);
        Assert.Equal(message, page.QuerySelector($"ds-error-summary a[href='#{input.Id}']")?.TextContent);
    }

    [Fact]
    public async Task A_hint_is_read_with_its_field()
    {
        var page = await site.GetPageAsync("/design");
        var hint = Assert.Single(Described(page, page.QuerySelector("#Input_Email")!));
        Assert.Equal("Nous vous écrivons seulement pour vous connecter.", hint.TextContent);
    }

    [Fact]
    public async Task What_was_typed_stays_except_a_password()
    {
        var page = await site.GetPageAsync("/design/form-errors");
        Assert.Equal("claire.exemple", page.QuerySelector("#Input_Email")!.GetAttribute("value"));
        Assert.Null(page.QuerySelector("#Input_Password")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_group_of_choices_has_a_legend_and_its_error_leads_to_the_first_choice()
    {
        var page = await site.GetPageAsync("/design/form-errors");
        var group = page.QuerySelector("fieldset:has([name='Input.Way'])")!;
        Assert.StartsWith("Comment recevoir votre code", group.QuerySelector("legend")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(Described(page, group), element => element.ClassList.Contains("ds-validation-message"));
        Assert.Equal(page.QuerySelectorAll("[name='Input.Way']")[0], page.QuerySelector(page.QuerySelector("ds-error-summary a[href='#Input_Way']")!.GetAttribute("href")!));
    }

    [Fact]
    public async Task The_summary_lists_errors_in_the_order_of_the_form()
    {
        var page = await site.GetPageAsync("/design/form-errors");
        var inForm = page.QuerySelectorAll("form .ds-validation-message, form fieldset > .ds-validation-message").Select(error => error.TextContent.Replace("Erreur\u202F: ", "", StringComparison.Ordinal));
        var inSummary = page.QuerySelectorAll("ds-error-summary a").Select(link => link.TextContent);
        Assert.Equal(inForm.Order(), inSummary.Order());
        Assert.Equal("Saisissez votre nom", inSummary.First());
        Assert.True(page.QuerySelector("ds-error-summary")!.HasAttribute("autofocus"));
        Assert.StartsWith("Erreur\u202F:", page.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_optional_fields_say_what_they_are()
    {
        var page = await site.GetPageAsync("/design");
        Assert.Contains("(facultatif)", page.QuerySelector("label[for=Input_Phone]")!.TextContent, StringComparison.Ordinal);
        Assert.False(page.QuerySelector("#Input_Phone")!.HasAttribute("required"));
        Assert.DoesNotContain("(facultatif)", page.QuerySelector("label[for=Input_Email]")!.TextContent, StringComparison.Ordinal);
        Assert.True(page.QuerySelector("#Input_Email")!.HasAttribute("required"));
    }

    [Fact]
    public async Task A_code_by_message_can_be_filled_in_by_the_telephone()
    {
        var page = await site.GetPageAsync("/design");
        var code = page.QuerySelector("#Input_Code")!;
        Assert.Equal(("one-time-code", "numeric"), (code.GetAttribute("autocomplete"), code.GetAttribute("inputmode")));
    }

    private static IEnumerable<IElement> Described(IParentNode page, IElement element) =>
        (element.GetAttribute("aria-describedby") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => page.QuerySelector($"#{id}")!);
}
