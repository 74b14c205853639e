using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ActiveCitizens.Web.Persistence;

/// <summary>A query of the busiest pages, translated once. It belongs to a model, and each city's database has a model of its own.</summary>
/// <param name="compile">Calls <c>EF.CompileAsyncQuery</c>.</param>
public sealed class CompiledQuery<TQuery>(Func<TQuery> compile)
    where TQuery : class
{
    private readonly ConditionalWeakTable<IModel, TQuery> _byModel = [];

    public TQuery For(CityDbContext db) => _byModel.GetValue(db.Model, _ => compile());
}
