namespace EarlyWarning.Indicators.Files;

/// <summary>Reads a logistic model: its terms as they stand, or from a table of coefficients beside the file.</summary>
internal sealed class LogisticReader(IndicatorReader indicators, FileFolder folder)
{
    private const string Field = "framework.logistic";

    /// <summary>Reads the model.</summary>
    public V1.LogisticModel Read(YamlMap map)
    {
        var model = new V1.LogisticModel();
        if (map.Map("coefficients-from") is { } from)
        {
            ReadTable(from, model);
        }
        else
        {
            model.Intercept = map.RequiredNumber("intercept", $"{Field}.intercept");
        }

        foreach (var term in map.Maps("coefficients", $"{Field}.coefficients"))
        {
            model.Coefficients.Add(ReadTerm(term, $"{Field}.coefficients[{model.Coefficients.Count}]"));
        }

        map.Done();
        return model;
    }

    private V1.Coefficient ReadTerm(YamlMap term, string field)
    {
        var coefficient = new V1.Coefficient
        {
            Indicator = indicators.Read(term, "indicator"),
            Value = term.RequiredNumber("coefficient", $"{field}.value"),
            Validity = term.Duration("validity", $"{field}.validity"),
        };
        if (term.Number("stated-value", $"{field}.stated_value") is { } stated)
        {
            coefficient.StatedValue = stated;
        }

        term.Done();
        return coefficient;
    }

    private void ReadTable(YamlMap from, V1.LogisticModel model)
    {
        var file = from.Required("file");
        var column = from.Required("column");
        var validity = from.Duration("validity");
        from.Done();
        using var text = folder.Open(file);
        if (text is null)
        {
            from.Fault("file", $"There is no file '{file}' in the folder of this one.");
            return;
        }

        try
        {
            var table = LogisticCoefficients.Read(text, column);
            model.Intercept = table.Intercept;
            foreach (var (variable, value) in table.Terms)
            {
                indicators.Define(LogisticCoefficients.IndicatorOf(variable));
                model.Coefficients.Add(new V1.Coefficient { Indicator = variable, Value = value, Validity = validity });
            }
        }
        catch (FormatException exception)
        {
            from.Fault("file", $"{file}: {exception.Message}");
        }
    }
}
