namespace EarlyWarning.Catalogue.Files;

/// <summary>Reads what defines an indicator, in a list of its own or where a framework uses it.</summary>
internal sealed class IndicatorReader(FileReading reading)
{
    private readonly DefaultErrorReader _errors = new();

    /// <summary>Reads the kinds of error that indicators may name.</summary>
    public void ReadKindsOfError(YamlMap map) => _errors.ReadKinds(map);

    /// <summary>
    /// Reads an indicator; where neither name nor unit is given it is one that exists already, and only its code is read.
    /// </summary>
    /// <param name="map">Where it stands.</param>
    /// <param name="key">The key of its code.</param>
    /// <returns>The code.</returns>
    public string Read(YamlMap map, string key)
    {
        var field = $"indicators[{reading.Indicators.Count}]";
        var code = map.Required(key, $"{field}.code");
        var name = map.Text("name", $"{field}.display_name");
        var unit = map.Text("unit", $"{field}.unit");
        var definition = map.Text("definition", $"{field}.definition");
        var evidence = map.Text("evidence", $"{field}.evidence");
        var (minimum, maximum) = Range(map, field);
        var error = _errors.Read(map, "error", $"{field}.default_error");
        var anchors = Anchors(map, $"{field}.anchors");
        if (
            key != "code"
            && name is null
            && unit is null
            && definition is null
            && evidence is null
            && !map.Has("range")
            && !map.Has("error")
            && !map.Has("anchors")
        )
        {
            return code;
        }

        if (name is null || unit is null)
        {
            map.Fault(key, $"An indicator that is defined here needs {(name is null ? "a name" : "a unit")}.");
        }

        var indicator = new V1.Indicator
        {
            Code = code,
            DisplayName = name ?? "",
            Unit = unit ?? "",
            Definition = definition ?? "",
            Evidence = evidence ?? "",
            DefaultError = error,
            Anchors = { anchors },
        };
        if (minimum is { } low)
        {
            indicator.Minimum = low;
        }

        if (maximum is { } high)
        {
            indicator.Maximum = high;
        }

        if (!reading.Indicators.TryAdd(code, indicator))
        {
            map.Fault(key, $"'{code}' is defined twice. Define it once, and name only the code elsewhere.");
        }

        return code;
    }

    /// <summary>Takes in an indicator that no file defines more closely.</summary>
    public void Define(V1.Indicator indicator) => reading.Indicators.TryAdd(indicator.Code, indicator);

    // A value, and what it means.
    private static List<V1.Anchor> Anchors(YamlMap map, string field)
    {
        List<V1.Anchor> anchors = [];
        if (map.Map("anchors", field) is not { } given)
        {
            return anchors;
        }

        foreach (var value in given.Keys)
        {
            var meaning = given.Required(value, $"{field}[{anchors.Count}].meaning");
            if (double.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var number))
            {
                anchors.Add(new() { Value = number, Meaning = meaning });
            }
            else
            {
                map.Fault("anchors", $"'{value}' is no value of a scale. Write the value, a colon, and what it means.");
            }
        }

        return anchors;
    }

    // [0, 4], or [0, ~] without an upper limit.
    private static (double? Minimum, double? Maximum) Range(YamlMap map, string field)
    {
        var ends = map.Texts("range", $"{field}.minimum");
        if (ends.Count is not (0 or 2))
        {
            map.Fault("range", "A range has two ends, such as [0, 4]; ~ is an open one.");
            return (null, null);
        }

        return ends.Count == 0 ? (null, null) : (End(ends[0]), End(ends[1]));

        double? End(string text)
        {
            if (text is "" or "~" or "null")
            {
                return null;
            }

            if (double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }

            map.Fault("range", $"'{text}' is no number.");
            return null;
        }
    }
}
