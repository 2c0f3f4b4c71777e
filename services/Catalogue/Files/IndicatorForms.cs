using EarlyWarning.Yaml;
using EarlyWarning.Yaml.Binding;
using Google.Protobuf;

namespace EarlyWarning.Catalogue.Files;

/// <summary>
/// How indicators are written: in a list of their own or where a framework uses them, with their errors in place or by the name of a kind
/// that the file defines for all. Keeps what one file defines.
/// </summary>
internal sealed class IndicatorForms
{
    private static readonly string[] s_definition = ["name", "unit", "definition", "evidence", "minimum", "maximum", "error", "anchors"];

    private readonly Dictionary<string, V1.Indicator> _indicators = new(StringComparer.Ordinal);
    private readonly Dictionary<string, V1.DefaultError> _kinds = new(StringComparer.Ordinal);

    /// <summary>The indicators that the file defines, in the order in which they came.</summary>
    public IReadOnlyList<V1.Indicator> Defined => [.. _indicators.Values];

    /// <summary>Reads the kinds of error of a file.</summary>
    public void ReadKindsOfError(YamlMap top, MessageForms forms)
    {
        foreach (var (name, value) in top.Map("errors")?.Pairs() ?? [])
        {
            if (forms.Read<V1.DefaultError>(value, $"errors.{name.Text()}") is { } kind)
            {
                _kinds[name.Text() ?? ""] = kind;
            }
        }
    }

    /// <summary>Says how an error is written: one of a kind has the kind's reason where it gives none of its own.</summary>
    public void ShapeError(MessageForm form) =>
        form.Inline("normal", "absolute", "relative").Inline("judgement", "up", "down", "step").Leading("kind").Instead(ReadOfAKind);

    /// <summary>Reads an indicator; one of which nothing but its code is given exists already.</summary>
    /// <param name="map">Where it stands.</param>
    /// <param name="key">The key of its code.</param>
    /// <param name="forms">How the rest is written.</param>
    public void Read(YamlMap map, string key, MessageForms forms)
    {
        var code = map.Required(key);
        if (!map.HasAny(s_definition) && key != "code")
        {
            return;
        }

        var (indicator, field) = (new V1.Indicator { Code = code }, $"indicators[{_indicators.Count}]");
        map.Reading.Places.Add(field, map.Place);
        map.Reading.Places.Add($"{field}.code", map.Get(key)?.Place ?? map.Place);
        forms.ReadInto(map, field, indicator);
        if (code.Length > 0 && !_indicators.TryAdd(code, indicator))
        {
            map.Fault(key, $"'{code}' is defined twice. Define it once, and name only the code elsewhere.");
        }
    }

    /// <summary>Takes in an indicator that no file defines more closely.</summary>
    public void Define(V1.Indicator indicator) => _indicators.TryAdd(indicator.Code, indicator);

    private IMessage? ReadOfAKind(YamlMap map, string field)
    {
        if (map.Get("kind") is not { } given || given.Text() is not { } name)
        {
            return null;
        }

        var reason = map.Text("reason");
        map.Done();
        if (!_kinds.TryGetValue(name, out var kind))
        {
            given.Fault(
                _kinds.Count == 0
                    ? $"'{name}' is no kind of error. Define it under 'errors' at the top of the file, or give the error here."
                    : $"'{name}' is no kind of error. {KnownWords.Offer(name, _kinds.Keys)}"
            );
            return new V1.DefaultError();
        }

        var error = kind.Clone();
        error.Reason = reason ?? kind.Reason;
        return error;
    }
}
