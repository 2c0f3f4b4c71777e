using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Fitting.Solving;
using EarlyWarning.Scoring.Engine.Fitting.Tables;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>Fits a model by a recipe: chooses α and λ, fits one model or several, and calibrates, each on the table alone.</summary>
public static class ModelFit
{
    /// <summary>A path of λ takes about as long as so many models of one λ, because each starts where the last one ended.</summary>
    private const int ModelsOfAPath = 10;

    /// <summary>Fits it.</summary>
    /// <param name="table">The cases.</param>
    /// <param name="design">The terms.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="progress">Is told about which share of the work is done, after each path and each model.</param>
    /// <param name="cancellationToken">Stops the work between two steps.</param>
    /// <returns>The model and what it was chosen by.</returns>
    /// <exception cref="LeakedColumnException">A term uses an outcome or what tells of one to come.</exception>
    /// <exception cref="FittingException">The recipe is wrong, or the data do not allow what it asks for.</exception>
    public static RecipeResult Run(
        TrainingTable table,
        FeatureDesign design,
        ModelRecipe recipe,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        if (recipe.Alphas.IsDefaultOrEmpty)
            throw new FittingException("alphas", "There is none.", "Give at least one.");
        if (recipe.Members < 1)
            throw new FittingException("members", "It is below 1.", "Ask for one model or more.");
        var needsFolds = recipe.Lambda is null || recipe.Calibration != CalibrationMethod.None;
        var folds = needsFolds ? Folds(table, recipe) : null;
        var stages = Stages(recipe, folds?.Count ?? 0, progress);
        var chosen = recipe.Lambda is null ? Choose(table, design, recipe, folds!, stages.Choosing, cancellationToken) : null;
        var point =
            chosen is null ? 0
            : recipe.OneStandardError ? chosen.OneStandardError
            : chosen.Best;
        var alpha = chosen?.Path.Models[point].Diagnostics.Alpha ?? recipe.Alphas[0];
        var lambda = recipe.Lambda ?? chosen!.Points[point].Lambda;
        var options = recipe.Net with { Alpha = alpha };
        ImmutableArray<EnsemblePlan> plans =
            recipe.Members == 1
                ? [new EnsemblePlan(design, lambda, options)]
                : EnsemblePlan.Bootstraps(design, lambda, options, recipe.Members, recipe.Seed, groups: true);
        var ensemble =
            chosen is not null && recipe.Members == 1
                ? new FittedEnsemble { Members = [new FittedMember(chosen.Path.Models[point], 1)] }
                : EnsembleFit.Equal(table, plans, stages.Fitting, cancellationToken);
        var heldOut =
            recipe.Members == 1 && chosen is not null
                ? recipe.OneStandardError
                    ? chosen.OneStandardErrorHeldOut
                    : chosen.BestHeldOut
                : recipe.Calibration != CalibrationMethod.None
                    ? Mean(EnsembleFit.HeldOut(table, plans, folds!, stages.HoldingOut, cancellationToken))
                    : default;
        return new RecipeResult
        {
            Ensemble = ensemble with { Calibration = Calibrate(recipe.Calibration, heldOut, table) },
            Alpha = alpha,
            Lambda = lambda,
            CrossValidation = chosen,
            HeldOut = heldOut,
        };
    }

    private static CrossValidationResult Choose(
        TrainingTable table,
        FeatureDesign design,
        ModelRecipe recipe,
        FoldAssignment folds,
        IProgress<double>? progress,
        CancellationToken cancellationToken
    ) =>
        recipe
            .Alphas.Select(
                (alpha, i) =>
                    CrossValidation.Run(
                        table,
                        design,
                        recipe.Net with
                        {
                            Alpha = alpha,
                        },
                        folds,
                        recipe.Measure,
                        progress is null
                            ? null
                            : new PartOfWork(progress, (double)i / recipe.Alphas.Length, (i + 1.0) / recipe.Alphas.Length),
                        cancellationToken
                    )
            )
            .MinBy(result => (recipe.Measure == CrossValidationMeasure.AreaUnderRoc ? -1 : 1) * result.Points[result.Best].Mean)!;

    /// <summary>Who is told of each stage: the choice of λ, the models, and those without each fold.</summary>
    private static (IProgress<double>? Choosing, IProgress<double>? Fitting, IProgress<double>? HoldingOut) Stages(
        ModelRecipe recipe,
        int folds,
        IProgress<double>? progress
    )
    {
        if (progress is null)
            return default;
        var choosing = recipe.Lambda is null ? (double)ModelsOfAPath * recipe.Alphas.Length * (folds + 1) : 0;
        var isChosen = recipe.Members == 1 && recipe.Lambda is null;
        var fitting = isChosen ? 0 : recipe.Members;
        var holdingOut = isChosen || recipe.Calibration == CalibrationMethod.None ? 0 : recipe.Members * folds;
        var all = choosing + fitting + holdingOut;
        return (
            new PartOfWork(progress, 0, choosing / all),
            new PartOfWork(progress, choosing / all, (choosing + fitting) / all),
            new PartOfWork(progress, (choosing + fitting) / all, 1)
        );
    }

    private static FoldAssignment Folds(TrainingTable table, ModelRecipe recipe) =>
        recipe.FoldsBy switch
        {
            FoldKey.Group => FoldAssignment.ByGroup(table, recipe.Folds, recipe.Seed),
            FoldKey.Period => FoldAssignment.ByPeriod(table, recipe.Folds, recipe.Seed),
            _ => FoldAssignment.ByRow(table, recipe.Folds, recipe.Seed),
        };

    private static ImmutableArray<double> Mean(double[][] members)
    {
        var mean = new double[members[0].Length];
        foreach (var member in members)
            Dense.AddScaled(mean, 1.0 / members.Length, member);

        // The mean of values at 1 may round past it.
        for (var row = 0; row < mean.Length; row++)
            mean[row] = Math.Min(mean[row], 1);
        return [.. mean];
    }

    private static Calibration? Calibrate(CalibrationMethod method, ImmutableArray<double> heldOut, TrainingTable table) =>
        method switch
        {
            CalibrationMethod.Platt => PlattScaling.Fit(heldOut.AsSpan(), table.Outcomes),
            CalibrationMethod.Isotonic => IsotonicFit.Fit(heldOut.AsSpan(), table.Outcomes),
            _ => null,
        };
}
