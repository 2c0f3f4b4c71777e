namespace EarlyWarning.Catalogue.Files;

/// <summary>
/// Reads how far values of an indicator may lie from the truth: in place, or by the name of a kind that the file defines for all.
/// </summary>
internal sealed class DefaultErrorReader
{
    private readonly Dictionary<string, V1.DefaultError> _kinds = new(StringComparer.Ordinal);

    /// <summary>Reads the kinds of a file.</summary>
    public void ReadKinds(YamlMap map)
    {
        foreach (var name in map.Keys)
        {
            if (map.Map(name) is { } kind)
            {
                _kinds[name] = ReadOne(kind, "");
            }
        }
    }

    /// <summary>
    /// Reads an indicator's: of a kind, whose reason stands where it gives none of its own. <see langword="null"/> where it states none.
    /// </summary>
    public V1.DefaultError? Read(YamlMap map, string key, string field)
    {
        if (map.Method(key, field, "kind") is not { } given)
        {
            return null;
        }

        if (given.Text("kind") is not { } name)
        {
            return ReadOne(given, field);
        }

        var reason = given.Text("reason", $"{field}.reason");
        given.Done();
        if (_kinds.TryGetValue(name, out var kind))
        {
            var error = kind.Clone();
            error.Reason = reason ?? kind.Reason;
            return error;
        }

        map.Fault(
            key,
            _kinds.Count == 0
                ? $"'{name}' is no kind of error. Define it under 'errors' at the top of the file, or give the error here."
                : $"'{name}' is no kind of error. The file defines {string.Join(", ", _kinds.Keys.Order(StringComparer.Ordinal))}."
        );
        return null;
    }

    private static V1.DefaultError ReadOne(YamlMap map, string field)
    {
        var error = new V1.DefaultError { Reason = map.Required("reason", Path(field, "reason")) };
        if (map.Has("up") || map.Has("down") || map.Has("step"))
        {
            error.Judgement = new()
            {
                Up = map.RequiredNumber("up", Path(field, "judgement.up")),
                Down = map.RequiredNumber("down", Path(field, "judgement.down")),
            };
            if (map.Number("step", Path(field, "judgement.step")) is { } step)
            {
                error.Judgement.Step = step;
            }
        }
        else
        {
            error.Normal = ReadNormal(map, field);
        }

        map.Done();
        return error;
    }

    private static V1.NormalError ReadNormal(YamlMap map, string field)
    {
        var normal = new V1.NormalError();
        if (map.Number("absolute", Path(field, "normal.absolute")) is { } absolute)
        {
            normal.Absolute = absolute;
        }

        if (map.Number("relative", Path(field, "normal.relative")) is { } relative)
        {
            normal.Relative = relative;
        }

        if (!normal.HasAbsolute && !normal.HasRelative)
        {
            map.Fault("", "Give 'absolute' or 'relative' for a normal error, or 'up' and 'down' for one of steps.");
        }

        return normal;
    }

    private static string Path(string field, string part) => field.Length == 0 ? "" : $"{field}.{part}";
}
