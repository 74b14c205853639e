using ActiveCitizens.Web.Features.Mandates;
using ActiveCitizens.Web.Tests.Harness;
using ActiveCitizens.Web.Tests.MunicipalCouncil;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Tests.Mandates;

internal static class SampleMandates
{
    public static MandateContent Content(int startYear, DateOnly? ends = null) =>
        new(new DateOnly(startYear, 12, 7), ends ?? new DateOnly(startYear + 6, 12, 7), 9, 375_000_00, null, "Résumé", "Codécider les projets du quartier.", "L’argent reste celui de la commune.");

    public static Mandate Add(CityFactory city, int startYear, Guid? openedBy = null, DateOnly? ends = null)
    {
        var now = city.Clock.GetUtcNow();
        var mandate = Mandate.Prepare(Content(startYear, ends), now);
        if (openedBy is { } act)
        {
            mandate.Open(act, isRenewal: false, now);
        }

        city.InDb(async db =>
        {
            db.Add(mandate);
            await db.SaveChangesAsync();
        });
        return mandate;
    }

    public static Mandate AnOpened(CityFactory city) =>
        city.InDb(db => db.Set<Mandate>().AsNoTracking().FirstOrDefaultAsync(mandate => mandate.OpenedById != null && mandate.Year == 1900)) ?? Add(city, 1900, Acts.AddPosted(city).Id);

    public static Competence AddCompetence(CityFactory city, Mandate from, string name)
    {
        var competence = new Competence { Id = Guid.CreateVersion7(city.Clock.GetUtcNow()), Code = Competence.CodeOf(name), Name = name, Description = "Description", FromMandateId = from.Id };
        city.InDb(async db =>
        {
            db.Add(competence);
            await db.SaveChangesAsync();
        });
        return competence;
    }

    /// <summary>A route of one mandate with a draft of its own in it.</summary>
    public static string Path(CityFactory city, string route)
    {
        var draft = city.InDb(db => db.Set<Mandate>().AsNoTracking().FirstOrDefaultAsync(mandate => mandate.OpenedById == null)) ?? Add(city, 2100);
        var competence = city.InDb(db => db.Set<Competence>().AsNoTracking().FirstOrDefaultAsync(one => one.FromMandateId == draft.Id)) ?? AddCompetence(city, draft, "Compétence d’essai");
        return route.Replace("{id:guid}", draft.Id.ToString(), StringComparison.Ordinal).Replace("{competenceId:guid}", competence.Id.ToString(), StringComparison.Ordinal);
    }
}
