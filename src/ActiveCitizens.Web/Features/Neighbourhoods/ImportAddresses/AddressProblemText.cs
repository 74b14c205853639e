using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Neighbourhoods.ImportAddresses;

public static class AddressProblemText
{
    /// <summary>What is wrong with a line and what was expected.</summary>
    public static string Of(this IStringLocalizer<NeighbourhoodsText> text, AddressProblem problem) => problem.Fault switch
    {
        AddressFault.NoHeader => text["Expected the names of the columns in the first line, beginning with “id;id_fantoir;numero”."],
        AddressFault.Utf16 => text["The file is written in UTF-16. Save it as UTF-8 and send it again."],
        AddressFault.ColumnMissing => text["The column “{0}” is missing.", problem.Value],
        AddressFault.NotUtf8 => text["Not UTF-8 text: “{0}”.", problem.Value],
        AddressFault.TooLong => text["The line or one of its fields is far too long, or a quotation mark is not closed. Reading stopped here."],
        AddressFault.TooFewColumns => text["Too few columns: “{0}”. Is the separator a semicolon?", problem.Value],
        AddressFault.BadKey => text["id: expected 1 to {0} characters, found “{1}”.", Address.KeyMaxLength, problem.Value],
        AddressFault.KeyTwice => text["id: “{0}” was already given on an earlier line.", problem.Value],
        AddressFault.BadNumber => text["numero: expected a whole number from 0 to 99999, found “{0}”.", problem.Value],
        AddressFault.BadSuffix => text["rep: expected letters or digits, {0} at most, found “{1}”.", Address.SuffixMaxLength, problem.Value],
        AddressFault.BadStreet => text["nom_voie: expected 1 to {0} characters, found “{1}”.", Address.StreetMaxLength, problem.Value],
        AddressFault.StreetIsFormula => text["nom_voie: “{0}” would be run as a formula by a spreadsheet.", problem.Value],
        AddressFault.BadPostcode => text["code_postal: expected five digits, found “{0}”.", problem.Value],
        AddressFault.BadLongitude => text["lon: expected degrees between −180 and 180 with a point, found “{0}”.", problem.Value],
        AddressFault.BadLatitude => text["lat: expected degrees between −90 and 90 with a point, found “{0}”.", problem.Value],
        AddressFault.NoAddressOfTheCity => text["The file has no address of this municipality (code_insee {0}).", problem.Value],
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, "A fault without words."),
    };

    public static string Of(this IStringLocalizer<NeighbourhoodsText> text, AddressImportState state) => state switch
    {
        AddressImportState.Waiting => text["Waiting"],
        AddressImportState.Running => text["Running"],
        AddressImportState.Done => text["In force"],
        AddressImportState.Refused => text["Refused"],
        AddressImportState.Cancelled => text["Cancelled"],
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A state without words."),
    };
}
