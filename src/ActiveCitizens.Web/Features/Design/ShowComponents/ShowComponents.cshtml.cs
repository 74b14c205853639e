using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ActiveCitizens.Web.Features.Design.ShowComponents;

[DevelopmentOnly]
public sealed class ShowComponentsModel : PageModel
{
    public SampleForm Input { get; } = new() { Idea = "Planter des arbres le long du canal, entre le pont et l’écluse." };

    /// <summary>Two areas and a point, near Agen but nobody's.</summary>
    public ContentResult OnGetShapes() => Content(
        """
        {"type":"FeatureCollection","features":[
        {"type":"Feature","id":"A","properties":{"name":"Rive droite"},"geometry":{"type":"Polygon","coordinates":[[[0.616,44.198],[0.634,44.196],[0.64,44.207],[0.628,44.212],[0.615,44.208],[0.616,44.198]]]}},
        {"type":"Feature","id":"B","properties":{"name":"Rive gauche"},"geometry":{"type":"Polygon","coordinates":[[[0.598,44.2],[0.616,44.198],[0.615,44.208],[0.606,44.213],[0.597,44.207],[0.598,44.2]]]}},
        {"type":"Feature","id":"C","properties":{"name":"Kiosque"},"geometry":{"type":"Point","coordinates":[0.622,44.204]}}]}
        """,
        "application/geo+json");

    public JsonResult OnGetProgress() => new(new { share = 0.62, text = "62 000 bulletins lus sur 100 000", done = false });
}
