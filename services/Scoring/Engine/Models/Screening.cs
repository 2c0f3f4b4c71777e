namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>
/// Which countries have too little data for any score, counted over the framework's indicators one by one, after denominators and before
/// imputation. A unit of the reference set that is screened out leaves the set. Source: COINr's Screen (byNA, byzeros, byNAandzeros).
/// </summary>
/// <param name="Available">The least share, 0 to 1, of the indicators that must have a value; 0 asks for none.</param>
/// <param name="NonZero">The least share, 0 to 1, of the values there are that must be other than 0; 0 asks for none.</param>
public sealed record Screening(double Available, double NonZero = 0);
