namespace EarlyWarning.Yaml.Binding;

/// <summary>Reads a value; <see langword="null"/> where it cannot be read, with a fault.</summary>
/// <param name="value">The value.</param>
/// <param name="field">What it is called where faults are found later.</param>
internal delegate object? ValueReader(YamlValue value, string field);

/// <summary>A key of a mapping, and what becomes of its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Field">The name of what it sets.</param>
/// <param name="IsRequired">Whether it must be there.</param>
/// <param name="Read">Reads its value.</param>
/// <param name="Put">Puts what was read into what is made of the mapping.</param>
internal sealed record Slot(string Key, string Field, bool IsRequired, ValueReader Read, Action<object, object> Put)
{
    /// <summary>Reads the key of a mapping, where it is there, into what is made of it.</summary>
    public void Fill(YamlMap map, string field, object made)
    {
        if ((IsRequired ? map.Need(Key) : map.Get(Key)) is { } value)
        {
            Fill(value, field, made);
        }
    }

    /// <summary>Reads a value into what is made of its mapping.</summary>
    public void Fill(YamlValue value, string field, object made)
    {
        if (IsRequired && value.IsText && string.IsNullOrWhiteSpace(value.Text()))
        {
            value.Fault($"'{Key}' is missing.");
            return;
        }

        var inner = field.Length == 0 ? Field : $"{field}.{Field}";
        value.Reading.Places.Add(inner, value.Place);
        if (Read(value, inner) is { } read)
        {
            Put(made, read);
        }
    }
}
