using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Construction.Transforms;

/// <summary>A score for each range of values.</summary>
/// <param name="steps">By rising bound; at least two.</param>
internal sealed class BandTransform(ImmutableArray<CategoryStep> steps) : Transform
{
    public override double Low { get; } = steps.Min(step => step.Score);

    public override double High { get; } = steps.Max(step => step.Score);

    public override double Apply(double value) => steps[StepOf(value)].Score;

    private int StepOf(double value)
    {
        var step = steps.Length - 1;
        while (step > 0 && value < steps[step].From)
            step--;
        return step;
    }
}
