using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Shared.Components;

/// <summary>
/// One question of a form: label, hint, what was typed, and its error beside it, tied together for screen readers.
/// <code>&lt;field for="Input.Email" type="email" hint="@T["We only write to you about your sign-in."]" autocomplete="email" /&gt;</code>
/// </summary>
/// <remarks>
/// Types: <c>text</c> (default), <c>email</c>, <c>tel</c>, <c>url</c>, <c>search</c>, <c>number</c>, <c>amount</c>, <c>date</c>, <c>password</c>,
/// <c>code</c>, <c>file</c>, <c>textarea</c>, <c>select</c>, <c>checkbox</c>, <c>radio</c>. The label is the property's <c>[Display(Name = "…")]</c>,
/// an optional field says so, and <c>max-length</c> on a text area shows how many characters are left. Other attributes go to the input.
/// </remarks>
[HtmlTargetElement("field", Attributes = "for", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FieldTagHelper(IHtmlGenerator html, IStringLocalizer<SharedText> shared) : TagHelper
{
    public required ModelExpression For { get; set; }

    public string Type { get; set; } = "text";

    /// <summary>Replaces the label from <c>[Display]</c>.</summary>
    public string? Label { get; set; }

    public string? Hint { get; set; }

    /// <summary>The choices of <c>select</c> and <c>radio</c>.</summary>
    public IEnumerable<SelectListItem>? Options { get; set; }

    /// <summary>Longest text allowed, shown as a counter; typing more is not cut off, so that nothing pasted is lost.</summary>
    public int? MaxLength { get; set; }

    /// <summary><c>short</c> or <c>medium</c>: a field as wide as what belongs in it.</summary>
    public string? Width { get; set; }

    /// <summary>True for a field that the handler requires although its property may be null.</summary>
    public bool Required { get; set; }

    /// <summary>What follows the input, such as <c>€</c>.</summary>
    public string? Suffix { get; set; }

    /// <summary>For a file: what the browser offers to choose, such as <c>.pb,.gz</c>.</summary>
    public string? Accept { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    private string FullName => ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);

    private string Id => TagBuilder.CreateSanitizedId(FullName, "_");

    private string? Error => ViewContext.ViewData.ModelState.TryGetValue(FullName, out var entry)
        ? entry.Errors.Select(error => error.ErrorMessage).FirstOrDefault(message => message.Length > 0)
        : null;

    private bool IsRequired => Required || For.Metadata.IsRequired;

    private bool IsOptional => !IsRequired && Type is not "checkbox";

    private string LabelText => Label ?? For.Metadata.DisplayName ?? For.Metadata.PropertyName ?? For.Name;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var others = output.Attributes.ToDictionary(attribute => attribute.Name, object? (attribute) => attribute.Value, StringComparer.OrdinalIgnoreCase);
        output.Attributes.Clear();
        output.TagMode = TagMode.StartTagAndEndTag;
        if (Type is "radio")
        {
            RenderRadios(output, others);
            return;
        }

        output.TagName = "div";
        output.Attributes.SetAttribute("class", "ds-field form-field");
        var input = Input(Described(others));
        if (Type is "checkbox")
        {
            output.Content.AppendHtml(input).AppendHtml(LabelFor(Id));
            AppendHint(output);
            AppendError(output);
            return;
        }

        output.Content.AppendHtml(LabelFor(Id));
        AppendHint(output);
        AppendError(output);
        output.Content.AppendHtml(Framed(input));
        if (Type is "textarea" && MaxLength is { } limit)
        {
            output.Content.AppendHtml(Counter(limit));
        }
    }

    private void RenderRadios(TagHelperOutput output, Dictionary<string, object?> others)
    {
        output.TagName = "fieldset";
        output.Attributes.SetAttribute("class", "ds-fieldset");
        if (DescribedBy() is { } describedBy)
        {
            output.Attributes.SetAttribute("aria-describedby", describedBy);
        }

        var legend = new TagBuilder("legend");
        legend.InnerHtml.AppendHtml(LabelContent());
        output.Content.AppendHtml(legend);
        AppendHint(output);
        AppendError(output);

        var choices = new TagBuilder("div") { Attributes = { ["class"] = "choices" } };
        foreach (var (option, index) in (Options ?? []).Select((option, index) => (option, index)))
        {
            // The error summary leads to the first choice, so that one carries the plain id.
            var id = index == 0 ? Id : $"{Id}_{index}";
            others["id"] = id;
            others["class"] = "ds-input";
            var radio = html.GenerateRadioButton(ViewContext, For.ModelExplorer, For.Name, option.Value, isChecked: null, others);
            var label = new TagBuilder("label") { Attributes = { ["for"] = id } };
            label.InnerHtml.Append(option.Text);
            var choice = new TagBuilder("div") { Attributes = { ["class"] = "ds-field" } };
            choice.InnerHtml.AppendHtml(radio).AppendHtml(label);
            choices.InnerHtml.AppendHtml(choice);
        }

        output.Content.AppendHtml(choices);
    }

    private TagBuilder Input(Dictionary<string, object?> attributes)
    {
        var (viewContext, explorer, name) = (ViewContext, For.ModelExplorer, For.Name);
        switch (Type)
        {
            case "textarea":
                attributes.TryAdd("rows", "6");
                return html.GenerateTextArea(viewContext, explorer, name, rows: 0, columns: 0, attributes);
            case "select":
                return html.GenerateSelect(viewContext, explorer, optionLabel: IsOptional || explorer.Model?.ToString() is null or "" ? shared["Choose…"].Value : null, name, Options ?? [], allowMultiple: false, attributes);
            case "checkbox":
                return html.GenerateCheckBox(viewContext, explorer, name, isChecked: null, attributes);
            case "password":
                return html.GeneratePassword(viewContext, explorer, name, value: null, attributes);
            case "file":
                attributes["type"] = "file";
                attributes["accept"] = Accept;
                return html.GenerateTextBox(viewContext, explorer, name, value: null, format: null, attributes);
            case "code":
                attributes["autocomplete"] = "one-time-code";
                attributes["inputmode"] = "numeric";
                attributes["autocapitalize"] = "none";
                attributes["spellcheck"] = "false";
                return TextBox("text", attributes);
            case "number":
                attributes.TryAdd("inputmode", "numeric");
                return TextBox("text", attributes);
            case "amount":
                attributes.TryAdd("inputmode", "decimal");
                return TextBox("text", attributes);
            default:
                return TextBox(Type, attributes);
        }
    }

    private TagBuilder TextBox(string type, Dictionary<string, object?> attributes)
    {
        attributes["type"] = type;
        object? value = For.Model switch
        {
            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime date when type is "date" => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            var model => model,
        };
        return html.GenerateTextBox(ViewContext, For.ModelExplorer, For.Name, value, format: null, attributes);
    }

    private Dictionary<string, object?> Described(Dictionary<string, object?> attributes)
    {
        attributes["id"] = Id;
        attributes["class"] = "ds-input";
        if (Width is not null)
        {
            attributes["data-width"] = Width;
        }

        if (DescribedBy() is { } describedBy)
        {
            attributes["aria-describedby"] = describedBy;
        }

        if (Error is not null)
        {
            attributes["aria-invalid"] = "true";
        }

        if (IsRequired && Type is not "checkbox")
        {
            attributes["required"] = "required";
        }

        return attributes;
    }

    private string? DescribedBy()
    {
        string?[] ids = [Hint is null ? null : $"{Id}-hint", Error is null ? null : $"{Id}-error", Type is "textarea" && MaxLength is not null ? $"{Id}-count" : null];
        var present = string.Join(' ', ids.Where(id => id is not null));
        return present.Length > 0 ? present : null;
    }

    private TagBuilder LabelFor(string id)
    {
        var label = new TagBuilder("label") { Attributes = { ["for"] = id } };
        label.InnerHtml.AppendHtml(LabelContent());
        return label;
    }

    private IHtmlContent LabelContent()
    {
        var content = new HtmlContentBuilder().Append(LabelText);
        if (IsOptional)
        {
            var optional = new TagBuilder("span") { Attributes = { ["class"] = "optional" } };
            optional.InnerHtml.Append(shared["(optional)"].Value);
            content.Append(" ").AppendHtml(optional);
        }

        return content;
    }

    private void AppendHint(TagHelperOutput output)
    {
        if (Hint is not null)
        {
            var hint = new TagBuilder("p") { Attributes = { ["id"] = $"{Id}-hint", ["data-field"] = "description" } };
            hint.InnerHtml.Append(Hint);
            output.Content.AppendHtml(hint);
        }
    }

    private void AppendError(TagHelperOutput output)
    {
        if (Error is { } message)
        {
            var error = new TagBuilder("p") { Attributes = { ["id"] = $"{Id}-error", ["class"] = "ds-validation-message", ["data-field"] = "validation" } };
            var kind = new TagBuilder("span") { Attributes = { ["class"] = "visually-hidden" } };
            kind.InnerHtml.Append(shared["Error:"].Value);
            error.InnerHtml.AppendHtml(kind).Append(" ").Append(message);
            output.Content.AppendHtml(error);
        }
    }

    private TagBuilder Framed(TagBuilder input)
    {
        if (Type is not "password" && Suffix is null)
        {
            return input;
        }

        var frame = new TagBuilder("div") { Attributes = { ["class"] = Suffix is null ? "input-with-button" : "input-with-suffix" } };
        frame.InnerHtml.AppendHtml(input);
        if (Suffix is not null)
        {
            var suffix = new TagBuilder("span");
            suffix.InnerHtml.Append(Suffix);
            frame.InnerHtml.AppendHtml(suffix);
        }

        if (Type is "password")
        {
            // Without script the button would do nothing, so the script unhides it.
            var show = new TagBuilder("button")
            {
                Attributes = { ["type"] = "button", ["class"] = "ds-button", ["data-variant"] = "secondary", ["data-show-password"] = Id, ["data-hide"] = shared["Hide"].Value, ["aria-controls"] = Id, ["hidden"] = "hidden" },
            };
            show.InnerHtml.Append(shared["Show"].Value);
            frame.InnerHtml.AppendHtml(show);
        }

        return frame;
    }

    private TagBuilder Counter(int limit)
    {
        var counter = new TagBuilder("p")
        {
            Attributes =
            {
                ["id"] = $"{Id}-count",
                ["class"] = "counter",
                ["data-limit"] = limit.ToString(CultureInfo.InvariantCulture),
                ["data-under"] = shared["%d characters left"].Value,
                ["data-over"] = shared["%d characters too many"].Value,
            },
        };
        counter.InnerHtml.Append(shared["Up to {0} characters", limit.ToString("N0", CultureInfo.CurrentCulture)].Value);
        return counter;
    }
}
