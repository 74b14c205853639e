using System.Text;

namespace ActiveCitizens.Cli.Tests;

/// <summary>The letters to the electors, made where the private credentials are.</summary>
public sealed class LettersTests : IDisposable
{
    private const string Texts = """
        {"language":"fr","sender":"Agen","reference":"Bureau 14","subject":"Votre code","opening":"Les habitants élisent leur conseil.","codeTitle":"Votre numéro et votre code","steps":["Ouvrez :","Tapez."],
         "booth":"https://participer.example/vote/2026/q14","qrAlternative":"Code QR","without":"Au bureau de vote.","help":"Aide : 05 00 00 00 00","secrecy":"Ne le donnez à personne.","rehearsal":null}
        """;

    private readonly TestCommand _command = new();

    public LettersTests()
    {
        _command.Save("texts.json", Texts);
        _command.Save("roll.csv", "id,name,address,postcode,town\r\n1,Zoé <Œil>,\"2 rue Haute, Bât. B\",47000,Agen\r\n412,'=Marc,3 rue Basse,47000,Agen\r\n");
        _command.Json("credentials", "generate", "@roll.csv", "--out", "@a", "--plain");
    }

    public void Dispose() => _command.Dispose();

    [Fact]
    public void Each_elector_gets_a_page_with_address_code_link_and_help()
    {
        _command.Json("credentials", "letters", "@a/private_credentials.json", "--roll", "@roll.csv", "--texts", "@texts.json", "--out", "@letters.html");
        var page = File.ReadAllText(_command.PathOf("letters.html"));
        Assert.Equal(2, page.Split("<article>").Length - 1);
        Assert.Contains("Zo&#233; &lt;Œil&gt;<br>2 rue Haute<br>B&#226;t. B<br>47000 Agen</address>", page, StringComparison.Ordinal);
        Assert.Matches("<span class=\"number\">412</span> [1-9A-Za-z]{5}-[1-9A-Za-z]{6}-[1-9A-Za-z]{5}-[1-9A-Za-z]{6}</p>", page);
        Assert.Equal(2, page.Split("role=\"img\" aria-label=\"Code QR\"").Length - 1);
        Assert.Contains("Aide : 05 00 00 00 00", page, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"fr\">", page, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_command.PathOf("letters.html")));
        }
    }

    [Fact]
    public void The_pdf_is_tagged_and_has_a_page_per_elector()
    {
        _command.Json("credentials", "letters", "@a/private_credentials.json", "--roll", "@roll.csv", "--texts", "@texts.json", "--out", "@letters.pdf");
        var pdf = Encoding.Latin1.GetString(File.ReadAllBytes(_command.PathOf("letters.pdf")));
        Assert.StartsWith("%PDF-", pdf, StringComparison.Ordinal);
        Assert.Contains("/StructTreeRoot", pdf, StringComparison.Ordinal);
        Assert.Contains("/Count 2", pdf, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mailing_house_gets_code_and_link_and_no_formula()
    {
        _command.Json("credentials", "letters", "@a/private_credentials.json", "--roll", "@roll.csv", "--texts", "@texts.json", "--mailing-house", "--out", "@letters.csv");
        var lines = File.ReadAllLines(_command.PathOf("letters.csv"));
        Assert.Equal("id,name,address,postcode,town,code,link", lines[0]);
        Assert.Matches("^412,'=Marc,3 rue Basse,47000,Agen,412 [^,]{25},https://participer.example/vote/2026/q14#412_[^,]{25}$", lines[2]);
    }

    [Fact]
    public void What_cannot_be_printed_is_refused_before_the_work()
    {
        string Refused(params string[] more) => _command.Refused(["credentials", "letters", "@a/private_credentials.json", "--roll", "@roll.csv", .. more]);
        Assert.Contains(".pdf or .html", Refused("--texts", "@texts.json", "--out", "@letters.doc"), StringComparison.Ordinal);
        _command.Save("other.json", "{\"language\":\"fr\"}");
        Assert.Contains("other.json is not the file of letter texts", Refused("--texts", "@other.json", "--out", "@letters.html"), StringComparison.Ordinal);
        _command.Save("short.csv", "id\n1\n412\n");
        Assert.Contains("no column \"name\"", _command.Refused("credentials", "letters", "@a/private_credentials.json", "--roll", "@short.csv", "--texts", "@texts.json", "--out", "@letters.html"), StringComparison.Ordinal);
    }
}
