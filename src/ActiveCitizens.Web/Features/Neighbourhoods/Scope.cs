namespace ActiveCitizens.Web.Features.Neighbourhoods;

/// <summary>Where something applies: one neighbourhood, or the whole city. Stored as the neighbourhood's code, empty for the city.</summary>
public readonly record struct Scope
{
    private readonly string? _code;

    private Scope(string code) => _code = code;

    public static Scope City => default;

    public static Scope Of(Neighbourhood neighbourhood) => new(neighbourhood.Code);

    /// <summary>The scope behind a stored or sent value; the city when empty.</summary>
    /// <returns>False when no neighbourhood of <paramref name="map"/> has that code.</returns>
    public static bool TryParse(string? value, TerritoryMap map, out Scope scope)
    {
        scope = City;
        if (string.IsNullOrEmpty(value))
        {
            return true;
        }

        if (map.Find(value) is not { } neighbourhood)
        {
            return false;
        }

        scope = Of(neighbourhood);
        return true;
    }

    public bool IsCity => _code is null;

    /// <summary>The neighbourhood's code, or the empty string for the whole city.</summary>
    public string Value => _code ?? "";

    public override string ToString() => Value;
}
