using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ActiveCitizens.Web.Features.Design.ShowFormErrors;

/// <summary>The sample form as it comes back after a mistake in every field; sending it does the same for real.</summary>
[DevelopmentOnly]
public sealed class ShowFormErrorsModel : PageModel
{
    [BindProperty]
    public SampleForm Input { get; set; } = new() { Email = "claire.exemple", Amount = "12 000 euros" };

    public void OnGet()
    {
        ModelState.AddModelError("", "Deux demandes sont déjà en cours à cette adresse : attendez leur réponse.");
        ModelState.AddModelError("Input.Name", "Saisissez votre nom");
        ModelState.AddModelError("Input.Email", "Saisissez une adresse complète, comme nom@exemple.fr");
        ModelState.AddModelError("Input.Password", "Choisissez au moins 12 caractères");
        ModelState.AddModelError("Input.Code", "Saisissez les 6 chiffres du code");
        ModelState.AddModelError("Input.Born", "Saisissez une date passée");
        ModelState.AddModelError("Input.Amount", "Saisissez un montant en chiffres, comme 12 000");
        ModelState.AddModelError("Input.Idea", "Décrivez votre idée en 200 caractères au plus");
        ModelState.AddModelError("Input.Neighbourhood", "Choisissez votre quartier");
        ModelState.AddModelError("Input.Way", "Choisissez comment recevoir le code");
        ModelState.AddModelError("Input.Agreed", "Confirmez que vous habitez à cette adresse");
        ModelState.AddModelError("Input.Document", "Choisissez un fichier de 5 Mo au plus");
    }

    public PageResult OnPost() => Page();
}
