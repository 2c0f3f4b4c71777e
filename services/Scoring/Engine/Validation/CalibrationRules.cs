using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Validation;

/// <summary>A calibration must rise, or it would turn the order of countries round.</summary>
internal static class CalibrationRules
{
    public static void Check(Calibration? calibration, string path, ErrorList errors)
    {
        switch (calibration)
        {
            case PlattCalibration platt:
                if (!(double.IsFinite(platt.Slope) && platt.Slope > 0))
                    errors.Add(
                        $"{path}.slope",
                        $"A slope of {ErrorList.Show(platt.Slope)} does not rise.",
                        "Give a finite number above 0."
                    );
                if (!double.IsFinite(platt.Intercept))
                    errors.Add(
                        $"{path}.intercept",
                        $"{ErrorList.Show(platt.Intercept)} is not a finite number.",
                        "Give one on the scale of log-odds."
                    );
                break;
            case IsotonicCalibration { Points.IsDefaultOrEmpty: true }:
                errors.Add($"{path}.points", "There are no points.", "Give at least one.");
                break;
            case IsotonicCalibration isotonic:
                for (var i = 0; i < isotonic.Points.Length; i++)
                    Check(isotonic.Points[i], i == 0 ? null : isotonic.Points[i - 1], $"{path}.points[{i}]", errors);
                break;
        }
    }

    private static void Check(CalibrationPoint point, CalibrationPoint? before, string path, ErrorList errors)
    {
        if (!(point.Probability >= 0 && point.Probability <= 1))
            errors.Add($"{path}.probability", $"{ErrorList.Show(point.Probability)} is no probability.", "Give a number from 0 to 1.");
        else if (before is not null && point.Probability <= before.Probability)
            errors.Add(
                $"{path}.probability",
                $"{ErrorList.Show(point.Probability)} is not above {ErrorList.Show(before.Probability)}, that of the point before it.",
                "Order the points by rising probability."
            );
        if (!(point.Frequency >= 0 && point.Frequency <= 1))
            errors.Add($"{path}.frequency", $"{ErrorList.Show(point.Frequency)} is no frequency.", "Give a number from 0 to 1.");
        else if (before is not null && point.Frequency < before.Frequency)
            errors.Add(
                $"{path}.frequency",
                $"{ErrorList.Show(point.Frequency)} is below {ErrorList.Show(before.Frequency)}, that of the point before it.",
                "Let frequencies rise, or stay the same."
            );
    }
}
