namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>
/// How outliers of the reference set are tamed before normalisation, worked out once on the set (as denominated and imputed, before
/// turning) and then frozen as a function of one value. Where a test of the shape has no answer on the way (too few values, or all of them
/// the same) the
/// indicator is left as it was. Source: OECD and JRC, Handbook (2008), section 5 (transformations); COINr's Treat.
/// </summary>
public abstract record Treatment
{
    private protected Treatment() { }
}

/// <summary>
/// Winsorisation: while the set fails the test of skewness and kurtosis, its most extreme value, or values where tied, on the side of the
/// skew takes the value next to it. Frozen it is a clip. Source: COINr's winsorise.
/// </summary>
/// <param name="MaximumPoints">Stops once this many points are changed or more; null for no limit.</param>
/// <param name="Always">Whether to go on to the limit even where the test is passed.</param>
public sealed record Winsorisation(int? MaximumPoints = 5, bool Always = false) : Treatment
{
    /// <summary>Gets the test after each step.</summary>
    public ShapeTest Test { get; init; } = new();
}

/// <summary>
/// A logarithmic transform of every value, in one of COINr's forms. A live value past the end of the set at which the logarithm runs out is
/// held there.
/// </summary>
/// <param name="Form">Which form.</param>
public sealed record LogTransform(LogForm Form = LogForm.Shifted) : Treatment;

/// <summary>The forms of a logarithmic transform; min and max are the reference set's.</summary>
public enum LogForm
{
    /// <summary>ln(x − min + 0.01 · (max − min)): COINr's log_CT.</summary>
    Shifted = 0,

    /// <summary>As <see cref="Shifted"/> where the skew is above 0, else −ln(max + 0.01 · (max − min) − x): COINr's log_CT_plus.</summary>
    ShiftedBySkew = 1,

    /// <summary>ln(x − min + 1): COINr's log_CT_orig.</summary>
    ShiftedByOne = 2,

    /// <summary>
    /// ln((max − 1) · (x − min) / (max − min) + 1): the form of the Global Innovation Index. COINr 1.1.14's log_GII computes it and then
    /// gives back the untreated values; here it is applied, to sets whose max is above 1, because others would be turned round.
    /// </summary>
    InnovationIndex = 3,
}

/// <summary>
/// The Box-Cox transform ((x − shift)^λ − 1) / λ, or the logarithm where λ is 0. Source: G. E. P. Box and D. R. Cox, "An Analysis of
/// Transformations", Journal of the Royal Statistical Society B 26 (1964); COINr's boxcox. A live value below the set's least is held at
/// it.
/// </summary>
/// <param name="Lambda">The exponent.</param>
/// <param name="MakePositive">Whether the set is shifted so that its least value is 1; otherwise its values must be above 0.</param>
public sealed record BoxCox(double Lambda, bool MakePositive = true) : Treatment;

/// <summary>
/// COINr's default course, Treat: leave the indicator alone if it passes the test; else try the first treatment; if that does not pass
/// either, the second, on the untreated values or on top of the first.
/// </summary>
public sealed record SkewDriven : Treatment
{
    /// <summary>Gets what is tried first; winsorising at most five points by default.</summary>
    public Treatment First { get; init; } = new Winsorisation();

    /// <summary>Gets what is tried next, a logarithm by default; null for nothing.</summary>
    public Treatment? Second { get; init; } = new LogTransform();

    /// <summary>
    /// Gets a value indicating whether the second builds on the first instead of starting afresh (COINr's combine_treat).
    /// </summary>
    public bool Combine { get; init; }

    /// <summary>Gets the test that an indicator must pass.</summary>
    public ShapeTest Test { get; init; } = new();
}

/// <summary>
/// A distribution passes if |skewness| is below one limit or kurtosis below the other. Skewness is the adjusted Fisher-Pearson G1 and
/// kurtosis the excess G2 (types 2 of e1071, as in SAS and SPSS), as in COINr's check_SkewKurt; fewer than 4 values cannot be tested and
/// are left. Source of the limits: OECD and JRC's COIN Tool.
/// </summary>
/// <param name="Skewness">The limit of |G1|.</param>
/// <param name="Kurtosis">The limit of G2.</param>
public sealed record ShapeTest(double Skewness = 2, double Kurtosis = 3.5);
