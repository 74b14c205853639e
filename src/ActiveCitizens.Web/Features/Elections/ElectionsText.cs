namespace ActiveCitizens.Web.Features.Elections;

/// <summary>Texts of elections: set-up, roll, candidates, board, booth, boxes, results.</summary>
public sealed class ElectionsText;
