using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Catalogue.Models;

/// <summary>Turns what an indicator says of its values' truth into the engine's.</summary>
internal static class ErrorModels
{
    private const double UsualStep = 1;

    /// <summary>Turns a default error; <see langword="null"/> where there is none.</summary>
    public static ValueError? Error(V1.Indicator? indicator) =>
        indicator?.DefaultError switch
        {
            { FormCase: V1.DefaultError.FormOneofCase.Normal, Normal: var normal } => new NormalError(normal.Absolute, normal.Relative),
            { FormCase: V1.DefaultError.FormOneofCase.Judgement, Judgement: var step } => new StepError(
                step.HasStep ? step.Step : UsualStep,
                step.Up,
                step.Down
            ),
            _ => null,
        };

    /// <summary>Turns the valid range; an end that is open is infinite, and without any end there is none.</summary>
    public static ValueRange? Range(V1.Indicator? indicator) =>
        indicator is { HasMinimum: true } or { HasMaximum: true }
            ? new(
                indicator.HasMinimum ? indicator.Minimum : double.NegativeInfinity,
                indicator.HasMaximum ? indicator.Maximum : double.PositiveInfinity
            )
            : null;
}
