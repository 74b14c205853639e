using System.Globalization;
using System.Net.Mail;
using System.Text;
using ActiveCitizens.Web.Features.Shared.Languages;
using CsvHelper;
using CsvHelper.Configuration;

namespace ActiveCitizens.Web.Features.Elections.KeepRoll;

/// <summary>What a roll is read against.</summary>
/// <param name="VoteEndsOn">The day on which an elector must have reached the age.</param>
/// <param name="KnowsAddress">Null when the city has imported no addresses.</param>
public sealed record RollTerms(Guid ElectionId, IReadOnlyDictionary<string, Guid> Bureaus, Franchise Franchise, SecondSecret SecondSecret, DateOnly VoteEndsOn, DateOnly Today, Func<string, bool>? KnowsAddress)
{
    public int AgeNeeded => Franchise == Franchise.Electors ? 18 : 16;

    /// <summary>Rolls write bureau 0012 as 12, or the other way round.</summary>
    public static string BureauKey(string bureau) => bureau.Trim().TrimStart('0') is { Length: > 0 } key ? key.ToUpperInvariant() : "0";
}

/// <summary>All electors of a file, or all that is wrong with it.</summary>
public sealed record ReadRoll(IReadOnlyList<Elector> Electors, IReadOnlyList<RollProblem> Problems, int ProblemCount, IReadOnlyList<RollProblem> Warnings, int WarningCount);

/// <summary>
/// Reads an extract of the national electoral roll (répertoire électoral unique): columns found by name in any order, separated by semicolon,
/// comma or tab, in UTF-8 or Windows-1252.
/// </summary>
public sealed class RollFileReader
{
    public const long MaxFileBytes = 32_000_000;

    private const int OldestAge = 120;
    private const int MaxFieldCharacters = 2_000;
    private const int MaxShownCharacters = 40;
    private static readonly char[] Separators = [';', '\t', ','];

    private enum Column { Bureau, Order, NationalNumber, LastName, UsualName, FirstNames, Sex, BornOn, BirthPlace, Nationality, HouseNumber, WayKind, Way, Complement, OtherComplement, PostCode, Town, Email }

    // Without accents, capitals, spaces and signs.
    private static readonly Dictionary<Column, string[]> Names = new()
    {
        [Column.Bureau] = ["codedubureaudevote", "codebureaudevote", "bureaudevote", "codebureau", "numerodubureaudevote", "numerobureaudevote", "bureau"],
        [Column.Order] = ["numerodordredanslebureaudevote", "numerodordre", "numeroordre", "numordre"],
        [Column.NationalNumber] = ["numerodelecteur", "numeroelecteur", "numeronationaldelecteur", "identifiantnationaldelelecteur", "ine"],
        [Column.LastName] = ["nomdenaissance", "nomnaissance", "nom"],
        [Column.UsualName] = ["nomdusage", "nomusage"],
        [Column.FirstNames] = ["prenoms", "prenom"],
        [Column.Sex] = ["sexe"],
        [Column.BornOn] = ["datedenaissance", "datenaissance"],
        [Column.BirthPlace] = ["communedenaissance", "libellecommunedenaissance", "libelledelacommunedenaissance", "lieudenaissance"],
        [Column.Nationality] = ["nationalite", "libellenationalite", "identifiantnationalite"],
        [Column.HouseNumber] = ["numerodevoie", "numerovoie", "numero"],
        [Column.WayKind] = ["typedevoie", "typevoie"],
        [Column.Way] = ["nomdevoie", "nomdelavoie", "libelledevoie", "libelledelavoie", "libellevoie", "voie", "adresse"],
        [Column.Complement] = ["complement", "complement1", "complementdadresse", "complementadresse"],
        [Column.OtherComplement] = ["complement2", "lieudit"],
        [Column.PostCode] = ["codepostal"],
        [Column.Town] = ["commune", "libellecommune", "libelledelacommune", "ville", "localite"],
        [Column.Email] = ["courriel", "email", "mail", "adresseemail", "adresseelectronique", "adressecourriel"],
    };

    private static readonly Column[] Needed = [Column.Bureau, Column.LastName, Column.FirstNames, Column.BornOn, Column.Way, Column.PostCode, Column.Town];

    private readonly RollTerms _terms;
    private readonly Func<Guid> _newId;
    private readonly List<RollProblem> _problems = [];
    private readonly List<RollProblem> _warnings = [];
    private readonly List<Elector> _electors = [];
    private readonly Dictionary<Guid, int> _lastNumbers = [];
    private readonly Dictionary<(Guid Contest, int Number), int> _numbers = [];
    private readonly Dictionary<string, int> _nationalNumbers = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Name, DateOnly Born), (int Line, string? National)> _people = [];
    private int _problemCount;
    private int _warningCount;
    private Dictionary<Column, int> _positions = [];

    private RollFileReader(RollTerms terms, Func<Guid> newId) => (_terms, _newId) = (terms, newId);

    /// <param name="newId">Gives each elector an id.</param>
    /// <param name="progress">Called with the number of lines read, from this thread.</param>
    public static ReadRoll Read(byte[] file, RollTerms terms, Func<Guid> newId, Action<int> progress, CancellationToken cancel) => new RollFileReader(terms, newId).Read(file, progress, cancel);

    private ReadRoll Read(byte[] file, Action<int> progress, CancellationToken cancel)
    {
        var text = Decode(file);
        var end = text.IndexOfAny(['\r', '\n']);
        var header = end < 0 ? text : text[..end];
        // The separator is the one the header has most of.
        var separator = Separators.MaxBy(sign => header.Count(one => one == sign));
        using var csv = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = separator.ToString(), MaxFieldSize = MaxFieldCharacters, BadDataFound = null });
        try
        {
            if (!csv.Read())
            {
                Refuse(1, RollFault.NoHeader, "");
            }
            else if (FindColumns(csv.Record!))
            {
                while (csv.Read())
                {
                    if (csv.Record!.All(string.IsNullOrWhiteSpace))
                    {
                        continue;
                    }

                    Take(csv);
                    if (csv.Row % 500 == 0)
                    {
                        cancel.ThrowIfCancellationRequested();
                        progress(csv.Row);
                    }
                }

                if (_electors.Count == 0 && _problemCount == 0)
                {
                    Refuse(1, RollFault.NoElector, "");
                }
            }
        }
        catch (MaxFieldSizeException)
        {
            Refuse(csv.RawRow, RollFault.TooLong, "");
        }

        return new(_electors, _problems, _problemCount, _warnings, _warningCount);
    }

    /// <summary>UTF-8 when every byte of it is; else Windows-1252, which every byte is.</summary>
    private static string Decode(byte[] file)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(file).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(file);
        }
    }

    private bool FindColumns(string[] header)
    {
        var folded = header.Select(name => string.Concat(Folding.Fold(name).Where(char.IsAsciiLetterOrDigit))).ToList();
        _positions = Names.Select(column => (column.Key, At: column.Value.Select(name => folded.IndexOf(name)).FirstOrDefault(at => at >= 0, -1))).Where(found => found.At >= 0).ToDictionary(found => found.Key, found => found.At);
        foreach (var missing in Needed.Where(column => !_positions.ContainsKey(column)))
        {
            Refuse(1, RollFault.ColumnMissing, Names[missing][0]);
        }

        return _problemCount == 0;
    }

    private void Take(CsvParser csv)
    {
        var (line, before) = (csv.RawRow, _problemCount);
        if (csv.Count <= Needed.Max(column => _positions[column]))
        {
            Refuse(line, RollFault.TooFewColumns, csv.Count.ToString(CultureInfo.InvariantCulture));
            return;
        }

        string Field(Column column) => _positions.TryGetValue(column, out var at) && at < csv.Count ? csv[at].Trim() : "";
        string? Optional(Column column) => Field(column) is { Length: > 0 } value ? value : null;

        var (lastName, firstNames, national, email) = (Field(Column.LastName), Field(Column.FirstNames), Optional(Column.NationalNumber), Optional(Column.Email));
        if (!_terms.Bureaus.TryGetValue(RollTerms.BureauKey(Field(Column.Bureau)), out var contest))
        {
            Refuse(line, RollFault.UnknownBureau, Field(Column.Bureau));
        }

        if (lastName.Length == 0 || firstNames.Length == 0)
        {
            Refuse(line, RollFault.NameMissing, "");
        }

        var street = string.Join(' ', new[] { Field(Column.HouseNumber), Field(Column.WayKind), Field(Column.Way) }.Where(part => part.Length > 0));
        var address = string.Join('\n', new[] { Field(Column.Complement), Field(Column.OtherComplement), street }.Where(part => part.Length > 0));
        if (Field(Column.Way).Length == 0 || Field(Column.PostCode).Length == 0 || Field(Column.Town).Length == 0)
        {
            Refuse(line, RollFault.AddressMissing, "");
        }

        if (new[] { lastName, firstNames, Field(Column.UsualName), Field(Column.BirthPlace), Field(Column.Nationality), Field(Column.Town) }.Any(text => text.Length > Elector.NameMaxLength)
            || address.Length > Elector.AddressMaxLength || national?.Length > Elector.NationalNumberMaxLength || Field(Column.PostCode).Length > 10)
        {
            Refuse(line, RollFault.TooLong, "");
        }

        var born = Born(line, Field(Column.BornOn));
        if (email is not null && (email.Length > Elector.EmailMaxLength || !MailAddress.TryCreate(email, out _)))
        {
            Refuse(line, RollFault.BadEmail, "");
        }

        var number = NumberOf(line, contest, Field(Column.Order));
        if (national is not null && !_nationalNumbers.TryAdd(national, line))
        {
            Refuse(line, RollFault.NationalNumberTwice, Line(_nationalNumbers[national]));
        }

        if (born is { } day && lastName.Length > 0)
        {
            Compare(line, Folding.Fold($"{lastName}|{firstNames}"), day, national);
        }

        if (_problemCount > before)
        {
            return;
        }

        if (_terms.KnowsAddress is { } knows && !knows(street))
        {
            Warn(line, RollFault.UnknownAddress);
        }

        if (email is null && _terms.SecondSecret == SecondSecret.EmailCode)
        {
            Warn(line, RollFault.EmailMissing);
        }

        _electors.Add(new Elector
        {
            Id = _newId(), ElectionId = _terms.ElectionId, ContestId = contest, Number = number, LastName = lastName, UsualName = Optional(Column.UsualName), FirstNames = firstNames,
            Sex = Field(Column.Sex).ToUpperInvariant() switch { "F" or "2" or "FEMME" or "FÉMININ" => Sex.Female, "M" or "H" or "1" or "HOMME" or "MASCULIN" => Sex.Male, _ => null },
            BornOn = born!.Value, BirthPlace = Optional(Column.BirthPlace), Nationality = Optional(Column.Nationality), NationalNumber = national, AddressLines = address, PostCode = Field(Column.PostCode), Town = Field(Column.Town),
            Email = email, SearchText = RollHandler.SearchTextOf(lastName, Optional(Column.UsualName), firstNames),
        });
    }

    private DateOnly? Born(int line, string text)
    {
        if (!DateOnly.TryParseExact(text, ["dd/MM/yyyy", "d/M/yyyy", "yyyy-MM-dd", "dd-MM-yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var born))
        {
            Refuse(line, RollFault.BadDate, text);
            return null;
        }

        if (born > _terms.Today || born < _terms.Today.AddYears(-OldestAge))
        {
            Refuse(line, RollFault.ImpossibleDate, text);
            return null;
        }

        if (born.AddYears(_terms.AgeNeeded) > _terms.VoteEndsOn)
        {
            Refuse(line, RollFault.UnderAge, text);
            return null;
        }

        return born;
    }

    private int NumberOf(int line, Guid contest, string order)
    {
        if (!_positions.ContainsKey(Column.Order))
        {
            return _lastNumbers[contest] = _lastNumbers.GetValueOrDefault(contest) + 1;
        }

        if (!int.TryParse(order, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 99_999)
        {
            Refuse(line, RollFault.BadNumber, order);
        }
        else if (contest != Guid.Empty && !_numbers.TryAdd((contest, number), line))
        {
            Refuse(line, RollFault.NumberTwice, Line(_numbers[(contest, number)]));
        }

        return number;
    }

    private void Compare(int line, string name, DateOnly born, string? national)
    {
        if (_people.TryAdd((name, born), (line, national)))
        {
            return;
        }

        var first = _people[(name, born)];
        if (first.National is not null && national is not null && first.National != national)
        {
            // Two national numbers are two people, however odd.
            Warn(line, RollFault.NamesakeBornTheSameDay, Line(first.Line));
        }
        else
        {
            Refuse(line, RollFault.PersonTwice, Line(first.Line));
        }
    }

    private static string Line(int line) => line.ToString(CultureInfo.InvariantCulture);

    private void Refuse(int line, RollFault fault, string value)
    {
        _problemCount++;
        Keep(_problems, line, fault, value);
    }

    private void Warn(int line, RollFault fault, string value = "")
    {
        _warningCount++;
        Keep(_warnings, line, fault, value);
    }

    private static void Keep(List<RollProblem> kept, int line, RollFault fault, string value)
    {
        if (kept.Count < RollImport.MaxProblemsKept)
        {
            kept.Add(new(line, fault, value.Length > MaxShownCharacters ? $"{value[..MaxShownCharacters]}…" : value));
        }
    }
}
