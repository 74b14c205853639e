using System.ComponentModel.DataAnnotations;

namespace ActiveCitizens.Web.Features.Shared.Cities;

/// <summary>One municipality served by this installation, as its operator configured it.</summary>
public sealed class City
{
    /// <summary>Short lower-case name used in paths, jobs and logs, such as <c>agen</c>.</summary>
    [Required, RegularExpression("^[a-z][a-z0-9-]{0,30}$")]
    public required string Id { get; init; }

    [Required]
    public required string Name { get; init; }

    /// <summary>Host names that lead to this city; may stay empty when the installation has one city.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>The site's public address, such as <c>https://participer.agen.example</c>: what links in mail and letters start with.</summary>
    public Uri? Address { get; init; }

    /// <summary>Languages offered, the first one by default; each has its texts in the <c>.resx</c> files.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    public string TimeZoneId { get; init; } = "Europe/Paris";

    /// <summary>True for the demonstration city: pages say that its data are illustrative and ready sign-in links exist.</summary>
    public bool IsDemonstration { get; init; }

    public required CityDatabase Database { get; init; }

    public CityTheme Theme { get; init; } = new();

    public CityContact Contact { get; init; } = new();

    public TimeZoneInfo TimeZone => TimeZoneInfo.FindSystemTimeZoneById(TimeZoneId);

    public string DefaultLanguage => Languages[0];

    /// <summary>The same instant on the city's wall clock.</summary>
    public DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, TimeZone);
}

public enum DatabaseProvider { Sqlite, Postgres }

public sealed class CityDatabase
{
    public DatabaseProvider Provider { get; init; } = DatabaseProvider.Sqlite;

    [Required]
    public required string ConnectionString { get; init; }
}

/// <summary>The name of a token theme built with the assets (<c>data-theme</c>), chosen so that its contrasts hold.</summary>
public sealed class CityTheme
{
    [RegularExpression("^[a-z][a-z0-9-]{0,30}$")]
    public string Name { get; init; } = "garonne";
}

/// <summary>Where people reach the city when the site does not help; shown in the footer, the legal notice and error pages.</summary>
public sealed class CityContact
{
    public string? Email { get; init; }

    public string? Phone { get; init; }

    public string? Address { get; init; }
}
