namespace EarlyWarning.Catalogue.Files;

/// <summary>
/// Reads logistic models, alone or as members of an ensemble: their terms as they stand, or from a table of coefficients beside the file.
/// </summary>
internal sealed class LogisticReader(IndicatorReader indicators, FileFolder folder)
{
    /// <summary>Reads an ensemble.</summary>
    public V1.EnsembleModel ReadEnsemble(YamlMap map, string field)
    {
        var ensemble = new V1.EnsembleModel();
        foreach (var given in map.Maps("members", $"{field}.members"))
        {
            var at = $"{field}.members[{ensemble.Members.Count}]";
            var member = new V1.EnsembleMember { Code = given.Required("code", $"{at}.code") };
            if (given.Number("weight", $"{at}.weight") is { } weight)
            {
                member.Weight = weight;
            }

            member.Model = Read(given, $"{at}.model");
            ensemble.Members.Add(member);
        }

        ensemble.Calibration = CalibrationReader.Read(map, $"{field}.calibration");
        map.Done();
        return ensemble;
    }

    /// <summary>Reads a model.</summary>
    public V1.LogisticModel Read(YamlMap map, string field)
    {
        var model = new V1.LogisticModel();
        if (map.Map("coefficients-from") is { } from)
        {
            ReadTable(from, model);
        }
        else
        {
            model.Intercept = map.RequiredNumber("intercept", $"{field}.intercept");
        }

        foreach (var term in map.Maps("coefficients", $"{field}.coefficients"))
        {
            model.Coefficients.Add(ReadTerm(term, $"{field}.coefficients[{model.Coefficients.Count}]"));
        }

        foreach (var product in map.Maps("interactions", $"{field}.interactions"))
        {
            model.Interactions.Add(ReadProduct(product, $"{field}.interactions[{model.Interactions.Count}]"));
        }

        model.Calibration = CalibrationReader.Read(map, $"{field}.calibration");
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

    private static V1.Interaction ReadProduct(YamlMap product, string field)
    {
        var interaction = new V1.Interaction
        {
            Indicators = { product.Texts("indicators", $"{field}.indicators") },
            Value = product.RequiredNumber("coefficient", $"{field}.value"),
        };
        product.Done();
        return interaction;
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
                model.Coefficients.Add(
                    new V1.Coefficient
                    {
                        Indicator = variable,
                        Value = value,
                        Validity = validity,
                    }
                );
            }
        }
        catch (FormatException exception)
        {
            from.Fault("file", $"{file}: {exception.Message}");
        }
    }
}
