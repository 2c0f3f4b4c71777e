namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>
/// What takes the place of a country's missing value before normalisation, learned from the reference set. An imputed value counts in the
/// score and not in the coverage. An observation that is carried forward within its validity is no imputation: see
/// <see cref="Leaf.Validity"/>. Source: OECD and JRC, Handbook (2008), section 3; COINr's Impute.
/// </summary>
public abstract record Imputation
{
    private protected Imputation() { }
}

/// <summary>
/// The mean or median of the reference set's values, in the country's group where one is named. COINr's i_mean, i_median and their _grp
/// forms.
/// </summary>
/// <param name="Statistic">Which.</param>
/// <param name="Group">
/// The grouping of the reference set's units, such as "region"; null for the whole set. A country without a group stays missing.
/// </param>
public sealed record CentralValue(CentralStatistic Statistic = CentralStatistic.Mean, string? Group = null) : Imputation;

/// <summary>The two middles of a distribution.</summary>
public enum CentralStatistic
{
    /// <summary>The arithmetic mean.</summary>
    Mean = 0,

    /// <summary>The median.</summary>
    Median = 1,
}

/// <summary>
/// The mean or median of the country's own other indicators under the same node, each first brought by min-max onto 0 to 1 in its
/// direction, and then taken back to the indicator's unit. COINr's Impute by row within a level.
/// </summary>
/// <param name="Statistic">Which.</param>
public sealed record SiblingValue(CentralStatistic Statistic = CentralStatistic.Mean) : Imputation;

/// <summary>
/// On the straight line between the observations before and after, where both are in the data; outside them the nearest one is held. It
/// needs data of several times, so it fills the reference set and history; the present has no later observation, and holds the last.
/// COINr's impute_panel.
/// </summary>
/// <param name="HoldEnds">Whether values before the first and after the last observation are held at it; otherwise they stay
/// missing.</param>
public sealed record LinearBetweenTimes(bool HoldEnds = true) : Imputation;

/// <summary>
/// The country's last earlier value in the data. Like <see cref="LinearBetweenTimes"/> it fills the reference set and history; the present
/// holds its last observation by <see cref="Leaf.Validity"/>. COINr's impute_panel of type "latest", and "constant" with
/// <paramref name="HoldFirst"/>.
/// </summary>
/// <param name="MaximumTimes">How many of the data's earlier times may be looked at; null for all.</param>
/// <param name="HoldFirst">Whether times before a country's first value have that one; otherwise they stay missing.</param>
public sealed record CarriedForward(int? MaximumTimes = null, bool HoldFirst = false) : Imputation;

/// <summary>
/// The expectation of the missing values given the country's others, under a multivariate normal distribution whose mean and covariance are
/// fitted on the reference set by expectation-maximisation. It joins the leaves below a node that ask for it. Source: A. P. Dempster,
/// N. M. Laird, D. B. Rubin, Journal of the Royal Statistical Society B 39 (1977); R. J. A. Little and D. B. Rubin, Statistical Analysis
/// with Missing Data, section 11.2. A country that has none of the leaves stays without them. COINr draws such values with the package
/// Amelia; here
/// the expectation itself is taken, so it is repeatable.
/// </summary>
/// <param name="Within">The code of the node whose leaves are taken together; null for the whole tree.</param>
public sealed record ExpectationMaximisation(string? Within = null) : Imputation;
