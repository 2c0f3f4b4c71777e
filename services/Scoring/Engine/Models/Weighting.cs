using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>Where the weights of a node's children come from. Source: OECD and JRC, Handbook (2008), section 6.2.</summary>
public abstract record Weighting
{
    private protected Weighting() { }

    /// <summary>Gets the weights that the children carry.</summary>
    public static Weighting Given { get; } = new GivenWeights();

    /// <summary>Gets the same weight for every child.</summary>
    public static Weighting Equal { get; } = new EqualWeights();

    /// <summary>Gets a value indicating whether the method needs a reference set.</summary>
    public virtual bool NeedsReference => false;
}

/// <summary>See <see cref="Weighting.Given"/>.</summary>
public sealed record GivenWeights : Weighting;

/// <summary>See <see cref="Weighting.Equal"/>.</summary>
public sealed record EqualWeights : Weighting;

/// <summary>
/// The loadings of the first principal component of the children over the reference set's complete units, centred and scaled to unit
/// variance (COINr's get_PCA, R's prcomp). The sign of a component is arbitrary: here it is the one that makes the loadings' sum positive.
/// A set whose loadings have both signs cannot give weights and is refused at load.
/// </summary>
public sealed record PrincipalComponentWeights : Weighting
{
    /// <inheritdoc/>
    public override bool NeedsReference => true;
}

/// <summary>
/// Weights under which the children's correlations with the node's own score stand in given proportions, found by the Nelder-Mead method on
/// the reference set. Source: W. Becker, M. Saisana, P. Paruolo, I. Vandecasteele, "Weights and importance in composite indicators",
/// Ecological Indicators 80 (2017); COINr's get_opt_weights with optype "balance", whose search it takes step by step as long as that stays
/// at weights
/// of 0 or more; COINr goes on below.
/// </summary>
/// <param name="Influences">What each child's correlation is to be beside the others', in their order; empty for equal ones.</param>
public sealed record CorrelationWeights(ImmutableArray<double> Influences) : Weighting
{
    /// <summary>Gets which correlation.</summary>
    public CorrelationKind Kind { get; init; }

    /// <summary>
    /// Gets when the search ends: the relative difference left within the simplex of the logarithm of the mean squared miss. COINr's toler,
    /// whose default of 0.1 ends many a search at the first simplex.
    /// </summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>Gets after how many trials the search ends at the latest. COINr's maxiter, and its default.</summary>
    public int MaximumEvaluations { get; init; } = 500;

    /// <inheritdoc/>
    public override bool NeedsReference => true;
}

/// <summary>The kinds of correlation.</summary>
public enum CorrelationKind
{
    /// <summary>Pearson's product-moment correlation.</summary>
    Pearson = 0,

    /// <summary>Spearman's rank correlation, ties at their mean rank.</summary>
    Spearman = 1,

    /// <summary>Kendall's tau-b.</summary>
    Kendall = 2,
}
