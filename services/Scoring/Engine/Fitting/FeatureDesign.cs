using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>The terms of a model whose coefficients are to be fitted, in the order in which the fitted model has them.</summary>
/// <param name="Terms">The terms, each once; <c>a·b</c> and <c>b·a</c> are the same.</param>
public sealed record FeatureDesign(ImmutableArray<FeatureTerm> Terms)
{
    /// <summary>Makes a design with a linear term an indicator.</summary>
    /// <param name="indicators">The codes.</param>
    /// <returns>The design.</returns>
    public static FeatureDesign Linear(params IEnumerable<string> indicators) => new([.. indicators.Select(code => new FeatureTerm(code))]);

    /// <summary>Adds the product of indicators.</summary>
    /// <param name="indicators">The codes, two or more.</param>
    /// <returns>The larger design.</returns>
    public FeatureDesign WithInteraction(params ImmutableArray<string> indicators) =>
        this with
        {
            Terms = [.. Terms, new FeatureTerm(indicators)],
        };

    /// <summary>Checks the terms and finds the columns of their indicators.</summary>
    internal int[][] Bind(ImmutableArray<string> columns)
    {
        if (Terms.IsDefaultOrEmpty)
            throw new FittingException("terms", "There is none.", "Give at least one term.");
        var names = new HashSet<FeatureTerm>();
        foreach (var term in Terms)
        {
            if (term.Indicators.IsDefaultOrEmpty)
                throw new FittingException("terms", "A term names no indicator.", "Name at least one, or leave the term out.");
            if (!names.Add(term))
                throw new FittingException(term.Name, "The term is there twice.", "Give each term once.");
        }

        return TermColumns.Of(Terms.Select(term => term.Indicators), columns);
    }
}
