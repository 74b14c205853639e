using System.Globalization;
using System.Text;
using ActiveCitizens.Web.Features.Neighbourhoods.FindMyNeighbourhood;
using CsvHelper;
using CsvHelper.Configuration;

namespace ActiveCitizens.Web.Features.Neighbourhoods.ImportAddresses;

public enum AddressFault
{
    /// <summary>The file has no first line with the names of the columns.</summary>
    NoHeader,
    Utf16,
    ColumnMissing,
    NotUtf8,
    TooLong,
    TooFewColumns,
    BadKey,
    KeyTwice,
    BadNumber,
    BadSuffix,
    BadStreet,
    StreetIsFormula,
    BadPostcode,
    BadLongitude,
    BadLatitude,
    NoAddressOfTheCity,
}

/// <summary>Why a line is refused.</summary>
/// <param name="Line">Counted from 1, the header included.</param>
/// <param name="Value">What stood there, shortened; empty when nothing did.</param>
public sealed record AddressProblem(int Line, AddressFault Fault, string Value);

/// <summary>What one line of the file gave.</summary>
public abstract record AddressRow(int Line)
{
    public sealed record Read(int Line, Address Address) : AddressRow(Line);
    public sealed record OtherMunicipality(int Line) : AddressRow(Line);
    public sealed record Refused(AddressProblem Problem) : AddressRow(Problem.Line);
}

/// <summary>
/// Reads the CSV export of the Base Adresse Nationale: 23 columns, semicolons, UTF-8. Columns are found by name, so later ones may be
/// added. Streams: memory does not grow with the file, but for the keys already seen.
/// </summary>
/// <remarks>Format: adresse.data.gouv.fr, « Schéma des données “Adresses” au format CSV ».</remarks>
public static class AddressFileReader
{
    /// <summary>Bytes; room for the addresses of a département.</summary>
    public const long MaxFileBytes = 64_000_000;

    private const int MaxFieldCharacters = 2_000;
    private const int MaxLineBytes = 16 * 1024;
    private const int MaxShownCharacters = 60;
    private static readonly string[] Columns = ["id", "numero", "rep", "nom_voie", "code_postal", "code_insee", "lon", "lat"];

    /// <param name="file">Seekable, at its start. Read to its end, or to the first fault that makes the rest unreadable.</param>
    /// <param name="municipality">INSEE code; addresses of others are skipped, so that a département's file can be used.</param>
    /// <param name="newId">Gives each address its id.</param>
    public static IEnumerable<AddressRow> Read(Stream file, string municipality, Func<Guid> newId)
    {
        if (OverlongLine(file) is { } overlong)
        {
            yield return Refused(overlong, AddressFault.TooLong, "");
            yield break;
        }

        using var text = new StreamReader(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        if (text.Peek() < 0)
        {
            yield return Refused(1, AddressFault.NoHeader, "");
            yield break;
        }

        if (text.CurrentEncoding is UnicodeEncoding or UTF32Encoding)
        {
            yield return Refused(1, AddressFault.Utf16, "");
            yield break;
        }

        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = ";", MaxFieldSize = MaxFieldCharacters, BadDataFound = null };
        using var csv = new CsvParser(text, configuration);
        if (Next(csv) is not Line.Row)
        {
            yield return Refused(1, AddressFault.NoHeader, "");
            yield break;
        }

        var header = csv.Record!.Select(name => name.Trim()).ToList();
        var missing = Columns.Except(header, StringComparer.Ordinal).ToList();
        foreach (var column in missing)
        {
            yield return Refused(1, AddressFault.ColumnMissing, column);
        }

        if (missing.Count > 0)
        {
            yield break;
        }

        var positions = Columns.Select(column => header.IndexOf(column)).ToArray();

        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (Next(csv) is var next && next != Line.End)
        {
            if (next == Line.TooLong)
            {
                yield return Refused(csv.RawRow, AddressFault.TooLong, "");
                yield break;
            }

            yield return Row(csv, positions, municipality, keys, newId);
        }
    }

    // The parser keeps a whole line in memory: one without end must not reach it.
    private static int? OverlongLine(Stream file)
    {
        var buffer = new byte[64 * 1024];
        var (line, length) = (1, 0);
        for (int read; (read = file.Read(buffer)) > 0;)
        {
            var rest = buffer.AsSpan(0, read);
            while (rest.IndexOf((byte)'\n') is >= 0 and var newline)
            {
                if (length + newline > MaxLineBytes)
                {
                    return line;
                }

                (line, length) = (line + 1, 0);
                rest = rest[(newline + 1)..];
            }

            length += rest.Length;
            if (length > MaxLineBytes)
            {
                return line;
            }
        }

        file.Position = 0;
        return null;
    }

    private enum Line { Row, TooLong, End }

    private static Line Next(CsvParser csv)
    {
        try
        {
            return csv.Read() ? Line.Row : Line.End;
        }
        catch (MaxFieldSizeException)
        {
            return Line.TooLong;
        }
    }

    private static AddressRow Row(CsvParser csv, int[] positions, string municipality, HashSet<string> keys, Func<Guid> newId)
    {
        var line = csv.RawRow;
        if (csv.Count <= positions.Max())
        {
            return Refused(line, AddressFault.TooFewColumns, csv.RawRecord);
        }

        string Field(string column) => csv[positions[Array.IndexOf(Columns, column)]].Trim();

        if (csv.RawRecord.Contains('\uFFFD', StringComparison.Ordinal) || csv.RawRecord.Contains('\0', StringComparison.Ordinal))
        {
            return Refused(line, AddressFault.NotUtf8, csv.RawRecord);
        }

        if (Field("code_insee") != municipality)
        {
            return new AddressRow.OtherMunicipality(line);
        }

        var (key, suffix, street, postcode) = (Field("id"), Field("rep"), Field("nom_voie"), Field("code_postal"));
        if (key.Length is 0 or > Address.KeyMaxLength)
        {
            return Refused(line, AddressFault.BadKey, key);
        }

        if (!keys.Add(key))
        {
            return Refused(line, AddressFault.KeyTwice, key);
        }

        if (!int.TryParse(Field("numero"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 99_999)
        {
            return Refused(line, AddressFault.BadNumber, Field("numero"));
        }

        if (suffix.Length > Address.SuffixMaxLength || suffix.Any(character => !char.IsLetterOrDigit(character)))
        {
            return Refused(line, AddressFault.BadSuffix, suffix);
        }

        if (street.Length is 0 or > Address.StreetMaxLength || street.Any(char.IsControl))
        {
            return Refused(line, AddressFault.BadStreet, street);
        }

        if (street[0] is '=' or '+' or '-' or '@')
        {
            return Refused(line, AddressFault.StreetIsFormula, street);
        }

        if (postcode.Length != 5 || !postcode.All(char.IsAsciiDigit))
        {
            return Refused(line, AddressFault.BadPostcode, postcode);
        }

        if (Degrees(Field("lon"), 180) is not { } longitude)
        {
            return Refused(line, AddressFault.BadLongitude, Field("lon"));
        }

        if (Degrees(Field("lat"), 90) is not { } latitude)
        {
            return Refused(line, AddressFault.BadLatitude, Field("lat"));
        }

        return new AddressRow.Read(line, new Address
        {
            Id = newId(),
            Key = key,
            Number = number,
            Suffix = suffix,
            Street = street,
            SearchText = AddressLine.Fold(street),
            Postcode = postcode,
            Longitude = longitude,
            Latitude = latitude,
        });
    }

    private static double? Degrees(string text, double max) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var degrees) && Math.Abs(degrees) <= max ? degrees : null;

    private static AddressRow.Refused Refused(int line, AddressFault fault, string value)
    {
        value = value.Trim();
        return new(new AddressProblem(line, fault, value.Length > MaxShownCharacters ? $"{value[..MaxShownCharacters]}…" : value));
    }
}
