namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>
/// What an indicator is divided by to be comparable between countries of different size: its value is value / (denominator / scale), so
/// with people as the unit of the denominator a scale of 100,000 gives "per 100,000 people". The denominator is an indicator with
/// observations of
/// its own; while it is missing or 0, so is the quotient. Source: OECD and JRC, Handbook (2008), step 2; COINr's Denominate.
/// </summary>
/// <param name="Indicator">The code of the indicator that divides: population, area, GDP.</param>
/// <param name="Scale">COINr's ScaleFactor; above 0.</param>
/// <param name="Validity">How long an observation of the denominator counts; null for ever.</param>
public sealed record Denominator(string Indicator, double Scale = 1, TimeSpan? Validity = null);
