namespace ActiveCitizens.Web.Features.Budgets;

/// <summary>Texts of participatory budgets: rounds, projects, counting rules and results.</summary>
public sealed class BudgetsText;
