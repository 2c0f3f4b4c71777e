namespace EarlyWarning.Catalogue.Files;

/// <summary>Reads how a probability is brought to what was observed.</summary>
internal static class CalibrationReader
{
    /// <summary>Reads a calibration; <see langword="null"/> where there is none.</summary>
    public static V1.Calibration? Read(YamlMap map, string field)
    {
        if (map.Map("calibration", field) is not { } given)
        {
            return null;
        }

        var calibration = new V1.Calibration();
        switch (given.Required("method"))
        {
            case "platt":
                calibration.Platt = new()
                {
                    Slope = given.RequiredNumber("slope", $"{field}.platt.slope"),
                    Intercept = given.RequiredNumber("intercept", $"{field}.platt.intercept"),
                };
                break;
            case "isotonic":
                calibration.Isotonic = new() { Points = { given.Maps("points", $"{field}.isotonic.points").Select(ReadPoint) } };
                break;
            case { Length: > 0 } other:
                given.Fault("method", $"'{other}' is no calibration. Write platt or isotonic.");
                return calibration;
        }

        given.Done();
        return calibration;
    }

    private static V1.CalibrationPoint ReadPoint(YamlMap point)
    {
        var read = new V1.CalibrationPoint
        {
            Probability = point.RequiredNumber("probability"),
            Frequency = point.RequiredNumber("frequency"),
        };
        point.Done();
        return read;
    }
}
