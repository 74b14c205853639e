using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace ActiveCitizens.Web.Features.Design;

/// <summary>One property per kind of field.</summary>
public sealed class SampleForm
{
    [Required]
    public string Name { get; init; } = "";

    [Required]
    public string Email { get; init; } = "";

    public string? Phone { get; init; }

    [Required]
    public string Password { get; init; } = "";

    [Required]
    public string Code { get; init; } = "";

    public DateOnly? Born { get; init; }

    [Required]
    public string Amount { get; init; } = "";

    [Required]
    public string Idea { get; init; } = "";

    [Required]
    public string Neighbourhood { get; init; } = "";

    [Required]
    public string Way { get; init; } = "";

    public bool Agreed { get; init; }

    public string? Document { get; init; }

    public string? Category { get; init; }

    public string? Latitude { get; init; }

    public string? Longitude { get; init; }

    public static IEnumerable<SelectListItem> Neighbourhoods =>
        [new("Saint-Hilaire", "saint-hilaire"), new("La Villette – La Salève", "la-villette"), new("Montanou", "montanou")];

    public static IEnumerable<SelectListItem> Ways =>
        [new("Par courrier, à mon adresse", "letter"), new("Au guichet de la mairie", "desk")];
}
