using System.Collections.Immutable;
using EarlyWarning.Catalogue.Rules;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.Scoring.Values;
using EarlyWarning.ServiceDefaults.Errors;

namespace EarlyWarning.Scoring.Scores;

/// <summary>Reads the values of a unit that came along with a request.</summary>
internal static class UnitInputs
{
    private const int LongestCode = 64;

    /// <summary>Scores a unit.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT with the field at fault.</exception>
    public static ScoreState Score(ChosenFramework framework, V1.UnitValues? unit, string field)
    {
        if (unit?.Code.Length is null or 0 or > LongestCode)
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, $"{field}.code", $"A unit needs a code of 1 to {LongestCode} characters.");
        }

        var compiled = framework.Compiled;
        var values = new double[compiled.LeafCount];
        var errors = new double[compiled.LeafCount];
        Array.Fill(values, double.NaN);
        Array.Fill(errors, double.NaN);
        for (var i = 0; i < unit.Values.Count; i++)
        {
            var path = $"{field}.values[{i}]";
            var value = unit.Values[i];
            var leaf = LeafOf(framework, value.Indicator, path);
            if (!double.IsNaN(values[leaf]))
            {
                throw Fault.Field(V1.ErrorReason.InvalidField, $"{path}.indicator", $"'{value.Indicator}' is there twice. Leave one out.");
            }

            if (!value.HasValue)
            {
                throw Fault.Field(
                    V1.ErrorReason.InvalidField,
                    $"{path}.value",
                    "There is no value. Give one, or leave the indicator out where nothing was measured: nothing is not 0."
                );
            }

            values[leaf] = Checked(framework, value.Indicator, value.Value, path);
            errors[leaf] = value.HasStandardError ? CheckedError(value.StandardError, path) : double.NaN;
        }

        var groups = unit.Groups.Count > 0 ? unit.Groups.ToImmutableDictionary(StringComparer.Ordinal) : null;
        return FrameworkInputs.Score(compiled, new ReferenceUnit(unit.Code, null, groups), values, errors);
    }

    /// <summary>The leaf of an indicator.</summary>
    public static int LeafOf(ChosenFramework framework, string indicator, string path) =>
        framework.Compiled.TryGetLeaf(indicator, out var leaf)
            ? leaf
            : throw Fault.Field(
                V1.ErrorReason.UnknownIndicator,
                $"{path}.indicator",
                $"{framework.Name} does not read '{indicator}'. Leave it out, or correct the code.",
                Grpc.Core.StatusCode.InvalidArgument,
                ("indicator", indicator)
            );

    /// <summary>A value within the indicator's range.</summary>
    public static double Checked(ChosenFramework framework, string indicator, double value, string path)
    {
        if (!double.IsFinite(value))
        {
            throw Fault.Field(
                V1.ErrorReason.ValueNotFinite,
                $"{path}.value",
                "The value is not a finite number. Leave the indicator out where nothing was measured.",
                Grpc.Core.StatusCode.InvalidArgument,
                ("given", Text(value))
            );
        }

        var known = framework.Indicators(indicator);
        if ((known is { HasMinimum: true } && value < known.Minimum) || (known is { HasMaximum: true } && value > known.Maximum))
        {
            throw Fault.Field(
                V1.ErrorReason.ValueOutOfRange,
                $"{path}.value",
                $"{value:R} is outside the range of '{indicator}'. Check value and unit ({known.Unit}).",
                Grpc.Core.StatusCode.InvalidArgument,
                ("indicator", indicator),
                ("given", Text(value)),
                ("unit", known.Unit),
                ("minimum", known.HasMinimum ? Text(known.Minimum) : ""),
                ("maximum", known.HasMaximum ? Text(known.Maximum) : "")
            );
        }

        if (known is not null && !AnchorRules.Take(known, value))
        {
            throw Fault.Field(
                V1.ErrorReason.ValueNotAnchored,
                $"{path}.value",
                AnchorRules.Refusal(known, value),
                Grpc.Core.StatusCode.InvalidArgument,
                ("indicator", indicator),
                ("given", Text(value))
            );
        }

        return value;
    }

    private static string Text(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A standard error that is none below 0.</summary>
    public static double CheckedError(double error, string path) =>
        double.IsFinite(error) && error >= 0
            ? error
            : throw Fault.Field(
                V1.ErrorReason.ValueNotFinite,
                $"{path}.standard_error",
                "The standard error must be finite and not below 0. Leave it out where it is not known.",
                Grpc.Core.StatusCode.InvalidArgument,
                ("given", Text(error))
            );
}
