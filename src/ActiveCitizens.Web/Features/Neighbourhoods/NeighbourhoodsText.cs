namespace ActiveCitizens.Web.Features.Neighbourhoods;

/// <summary>Texts of the city's profile, its neighbourhoods and their territories.</summary>
public sealed class NeighbourhoodsText;
