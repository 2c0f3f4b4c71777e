using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using YamlDotNet.RepresentationModel;

namespace EarlyWarning.Catalogue.Files;

/// <content>Texts, numbers and what else is one value.</content>
public sealed partial class YamlMap
{
    /// <summary>Reads a text, and remembers its place as that of a field; <see langword="null"/> where the key is absent.</summary>
    public string? Text(string key, string field = "")
    {
        if (Find(key) is not { } node)
        {
            return null;
        }

        Remember(field, key, node);
        if (node is YamlScalarNode scalar)
        {
            return scalar.Value?.Trim();
        }

        Fault(key, "Here belongs a text.");
        return null;
    }

    /// <summary>Reads a text that must be there.</summary>
    public string Required(string key, string field = "")
    {
        var text = Text(key, field);
        if (text is { Length: 0 } || !(Has(key) || _empty.Contains(key)))
        {
            Fault(key, $"'{key}' is missing.");
        }

        return text ?? "";
    }

    /// <summary>Reads a number; <see langword="null"/> where the key is absent.</summary>
    public double? Number(string key, string field = "") => Text(key, field) is { } text ? Parse(key, text) : null;

    /// <summary>Reads a number that must be there.</summary>
    public double RequiredNumber(string key, string field = "") => Required(key, field) is { Length: > 0 } text ? Parse(key, text) ?? 0 : 0;

    /// <summary>Reads a whole number; <see langword="null"/> where the key is absent.</summary>
    public int? Whole(string key, string field = "")
    {
        if (Text(key, field) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        Fault(key, $"'{text}' is no whole number.");
        return null;
    }

    /// <summary>Reads one of some words; what stands for none where the key is absent or the word is another.</summary>
    public T Word<T>(string key, string field, string what, T none, params ReadOnlySpan<(string Word, T Value)> words)
    {
        if (Text(key, field) is not { } text)
        {
            return none;
        }

        foreach (var (word, value) in words)
        {
            if (text == word)
            {
                return value;
            }
        }

        Fault(
            key,
            $"'{text}' is no {what}. Write {string.Join(", ", words[..^1].ToArray().Select(pair => pair.Word))} or {words[^1].Word}."
        );
        return none;
    }

    /// <summary>Reads yes or no; no where the key is absent.</summary>
    public bool Flag(string key, string field = "")
    {
        var text = Text(key, field);
        if (text is not (null or "true" or "false"))
        {
            Fault(key, $"'{text}' is neither true nor false.");
        }

        return text == "true";
    }

    /// <summary>
    /// Reads a duration such as <c>90d</c>, <c>12h</c>, <c>30m</c>, <c>10s</c> or <c>2w</c>; <see langword="null"/> where the key is
    /// absent.
    /// </summary>
    public Duration? Duration(string key, string field = "")
    {
        if (Text(key, field) is not { } text)
        {
            return null;
        }

        var unit =
            text.Length > 1
                ? text[^1] switch
                {
                    's' => 1,
                    'm' => 60,
                    'h' => 3_600,
                    'd' => 86_400,
                    'w' => 604_800,
                    _ => 0,
                }
                : 0;
        if (unit > 0 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return new() { Seconds = (long)count * unit };
        }

        Fault(key, $"'{text}' is no duration. Write a whole number and s, m, h, d or w, such as 90d.");
        return null;
    }

    private double? Parse(string key, string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number;
        }

        Fault(key, $"'{text}' is no number.");
        return null;
    }
}
