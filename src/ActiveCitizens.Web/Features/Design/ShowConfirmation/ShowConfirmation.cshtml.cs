using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ActiveCitizens.Web.Features.Design.ShowConfirmation;

[DevelopmentOnly]
public sealed class ShowConfirmationModel : PageModel;
