using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ActiveCitizens.Web.Features.Design.ShowLetter;

[DevelopmentOnly]
public sealed class ShowLetterModel : PageModel;
