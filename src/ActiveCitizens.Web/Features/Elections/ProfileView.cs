namespace ActiveCitizens.Web.Features.Elections;

/// <summary>What everybody reads of a candidate, with the addresses of the files for this reader.</summary>
public sealed record ProfileView(CandidacyLine Candidate, string PhotoPath, string PdfPath, bool WithName = false)
{
    private const int Shown = 220;

    /// <summary>As much of a text as a list has room for, cut between words.</summary>
    public static string Beginning(string text)
    {
        if (text.Length <= Shown)
        {
            return text;
        }

        var space = text.LastIndexOf(' ', Shown);
        return $"{text[..(space > 0 ? space : Shown)].TrimEnd(' ', ',', ';', ':')}…";
    }
}
