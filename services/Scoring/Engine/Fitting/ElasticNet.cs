using System.Collections.Immutable;
using System.Globalization;
using EarlyWarning.Scoring.Engine.Fitting.Solving;
using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>
/// Fits logistic regressions by penalised maximum likelihood: the least of −Σ w·ℓ(row) / Σ w + λ·((1−α)/2·‖b‖² + α·‖b‖₁). Features are
/// standardised inside, so the penalty is on standard deviations; the intercept is free; coefficients come back on the scales of the
/// indicators. Source: J. Friedman, T. Hastie and R. Tibshirani, "Regularization Paths for Generalized Linear Models via Coordinate
/// Descent", Journal of Statistical Software 33 (2010). Deterministic; nothing here uses more than one thread.
/// </summary>
public static class ElasticNet
{
    /// <summary>Fits one model.</summary>
    /// <param name="table">The cases.</param>
    /// <param name="design">The terms.</param>
    /// <param name="lambda">The strength of the penalty, from 0; 0 is plain maximum likelihood.</param>
    /// <param name="options">How it is fitted.</param>
    /// <param name="cancellationToken">Stops the work between two steps.</param>
    /// <returns>The model; its diagnostics say whether it converged.</returns>
    /// <exception cref="LeakedColumnException">A term uses an outcome or what tells of one to come.</exception>
    /// <exception cref="FittingException">
    /// A term or an option is wrong, the outcome is the same in every row, or λ is 0 and there is no finite best model, because some terms
    /// tell the outcomes apart without error (separation) or depend on each other.
    /// </exception>
    public static FittedModel Fit(
        TrainingTable table,
        FeatureDesign design,
        double lambda,
        ElasticNetOptions options,
        CancellationToken cancellationToken = default
    )
    {
        LeakGuard.Check(table, design);
        return FitUnguarded(table, design, lambda, options, cancellationToken);
    }

    /// <summary>
    /// Fits a model at each of a falling row of λ, evenly spaced by logarithm, from the least at which every coefficient is 0 (for ridge,
    /// which has none, from that of α = 0.001).
    /// </summary>
    /// <param name="table">The cases.</param>
    /// <param name="design">The terms.</param>
    /// <param name="options">How they are fitted.</param>
    /// <param name="cancellationToken">Stops the work between two steps.</param>
    /// <returns>The models.</returns>
    /// <exception cref="LeakedColumnException">A term uses an outcome or what tells of one to come.</exception>
    /// <exception cref="FittingException">A term or an option is wrong, or the outcome is the same in every row.</exception>
    public static RegularisationPath FitPath(
        TrainingTable table,
        FeatureDesign design,
        ElasticNetOptions options,
        CancellationToken cancellationToken = default
    )
    {
        LeakGuard.Check(table, design);
        return FitPathUnguarded(table, design, options, default, cancellationToken);
    }

    internal static FittedModel FitUnguarded(
        TrainingTable table,
        FeatureDesign design,
        double lambda,
        ElasticNetOptions options,
        CancellationToken cancellationToken
    )
    {
        CheckLambda(lambda);
        var (standardised, problem) = Prepare(table, design, options);
        var model = Solve(design, standardised, problem, lambda, options.Alpha, cancellationToken, out var ending);
        return lambda > 0 || ending == PenalisedLikelihood.Ending.Converged ? model : throw NoOptimum(design, problem, model, ending);
    }

    /// <summary>A path; the λ given, or its own where none are.</summary>
    internal static RegularisationPath FitPathUnguarded(
        TrainingTable table,
        FeatureDesign design,
        ElasticNetOptions options,
        ImmutableArray<double> lambdas,
        CancellationToken cancellationToken
    )
    {
        var (standardised, problem) = Prepare(table, design, options);
        if (lambdas.IsDefault)
            lambdas = Spaced(problem.LargestLambda(), table.RowCount < design.Terms.Length, options);
        var models = ImmutableArray.CreateBuilder<FittedModel>(lambdas.Length);
        foreach (var lambda in lambdas)
            models.Add(Solve(design, standardised, problem, lambda, options.Alpha, cancellationToken, out _));
        return new RegularisationPath(models.MoveToImmutable());
    }

    private static (StandardisedDesign Standardised, PenalisedLikelihood Problem) Prepare(
        TrainingTable table,
        FeatureDesign design,
        ElasticNetOptions options
    )
    {
        var terms = design.Bind(table.Columns);
        if (table.EventCount == 0 || table.EventCount == table.RowCount)
            throw new FittingException(
                table.Outcome.Outcome,
                $"The outcome is {(table.EventCount == 0 ? "0" : "1")} in each of {table.RowCount} rows.",
                "Give rows of both outcomes."
            );
        var standardised = new StandardisedDesign(table, terms);
        var (alpha, tolerance, most) = (options.Checked().Alpha, options.Tolerance, options.MaximumIterations);
        return (standardised, new PenalisedLikelihood(standardised, alpha, tolerance, most));
    }

    private static ImmutableArray<double> Spaced(double largest, bool wide, ElasticNetOptions options)
    {
        if (largest == 0)
            throw new FittingException(
                "terms",
                "No term goes with the outcome at all, so there is no path.",
                "Add terms, or fit at one lambda."
            );
        var step = Math.Log(options.SmallestLambdaRatio ?? (wide ? 0.01 : 1e-4)) / (options.PathLength - 1);
        return [.. Enumerable.Range(0, options.PathLength).Select(i => largest * Math.Exp(step * i))];
    }

    private static FittedModel Solve(
        FeatureDesign design,
        StandardisedDesign standardised,
        PenalisedLikelihood problem,
        double lambda,
        double alpha,
        CancellationToken cancellationToken,
        out PenalisedLikelihood.Ending ending
    )
    {
        (ending, var iterations) = problem.Solve(lambda, cancellationToken);
        var intercept = problem.Intercept;
        var terms = ImmutableArray.CreateBuilder<FittedTerm>(design.Terms.Length);
        for (var i = 0; i < design.Terms.Length; i++)
        {
            var coefficient = problem.Coefficients[i] == 0 ? 0 : problem.Coefficients[i] / standardised.Scales[i];
            intercept -= coefficient * standardised.Means[i];
            terms.Add(new FittedTerm(design.Terms[i].Indicators, coefficient));
        }

        return new FittedModel
        {
            Intercept = intercept,
            Terms = terms.MoveToImmutable(),
            Diagnostics = new FitDiagnostics(
                alpha,
                lambda,
                problem.LogLikelihood * standardised.TotalWeight,
                problem.NullLogLikelihood * standardised.TotalWeight,
                iterations,
                ending == PenalisedLikelihood.Ending.Converged
            ),
        };
    }

    private static void CheckLambda(double lambda)
    {
        if (!(lambda >= 0 && double.IsFinite(lambda)))
            throw new FittingException("lambda", $"{lambda.ToString("R", CultureInfo.InvariantCulture)} is no penalty.", "Give 0 or more.");
    }

    private static FittingException NoOptimum(
        FeatureDesign design,
        PenalisedLikelihood problem,
        FittedModel model,
        PenalisedLikelihood.Ending ending
    )
    {
        if (ending == PenalisedLikelihood.Ending.Singular && model.Diagnostics.Iterations == 0)
            return new FittingException(
                design.Terms[problem.Dependent].Name,
                "The term is a sum of the terms before it, so their coefficients are not determined.",
                "Leave one of them out, or give a lambda above 0."
            );
        var furthest = 0;
        for (var i = 1; i < problem.Coefficients.Length; i++)
            if (Math.Abs(problem.Coefficients[i]) > Math.Abs(problem.Coefficients[furthest]))
                furthest = i;
        return new FittingException(
            design.Terms[furthest].Name,
            $"There is no finite maximum of the likelihood ({model.Diagnostics.Iterations} steps): some rows' outcomes are told apart "
                + $"without error.",
            "Give a lambda above 0, or leave out the terms that separate the outcomes."
        );
    }
}
