using System.Collections.Concurrent;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace EarlyWarning.Yaml.Binding;

/// <summary>
/// How a class of the suite's own is written in YAML: a property is a key with hyphens, <see langword="required"/> ones must be there,
/// limits are the annotations of <see cref="System.ComponentModel.DataAnnotations"/>, and what has to hold of several keys together is the
/// class's <see cref="IValidatableObject"/>, which is asked once each holds by itself. A property of type <see cref="YamlValue"/> gets the
/// value as it stands. Properties without a public setter, or that are not browsable, are none of the file's. Thread-safe.
/// </summary>
public sealed class RecordForm
{
    private static readonly ConcurrentDictionary<Type, RecordForm> s_forms = [];

    private readonly Type _type;
    private readonly Lazy<(Slot Slot, PropertyInfo Property, ValidationAttribute[] Limits)[]> _slots;

    private RecordForm(Type type)
    {
        _type = type;
        _slots = new(() =>
            [
                .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                    .Where(property => property.SetMethod is { IsPublic: true })
                    .Where(property => property.GetCustomAttribute<BrowsableAttribute>() is not { Browsable: false })
                    .Select(property =>
                        (
                            new Slot(
                                KnownWords.Kebab(property.Name),
                                KnownWords.Kebab(property.Name),
                                property.IsDefined(typeof(RequiredMemberAttribute)),
                                RecordValues.ReaderOf(property.PropertyType),
                                property.SetValue
                            ),
                            property,
                            property.GetCustomAttributes<ValidationAttribute>().ToArray()
                        )
                    ),
            ]
        );
    }

    /// <summary>Reads a mapping; what is wrong with it the reading is told.</summary>
    /// <param name="map">The mapping.</param>
    /// <param name="field">What it is called where faults are found later; empty at the file's top.</param>
    public static T Read<T>(YamlMap map, string field = "")
        where T : class => (T)Of(typeof(T)).Read(map, field);

    /// <summary>Reads a mapping into an object that has its defaults; what is wrong with it the reading is told.</summary>
    public static void ReadInto(YamlMap map, string field, object made)
    {
        ArgumentNullException.ThrowIfNull(made);
        Of(made.GetType()).Fill(map, field, made);
    }

    /// <summary>The keys that a class has.</summary>
    public static IReadOnlyList<string> KeysOf(Type type) => [.. Of(type)._slots.Value.Select(one => one.Slot.Key)];

    internal static RecordForm Of(Type type) => s_forms.GetOrAdd(type, static type => new(type));

    internal object Read(YamlMap map, string field)
    {
        var made = Activator.CreateInstance(_type, nonPublic: true)!;
        Fill(map, field, made);
        return made;
    }

    private void Fill(YamlMap map, string field, object made)
    {
        var faults = map.Reading.Faults.Count;
        foreach (var (slot, property, limits) in _slots.Value)
        {
            var before = map.Reading.Faults.Count;
            slot.Fill(map, field, made);
            if (map.Reading.Faults.Count == before && map.Has(slot.Key))
            {
                Check(map, slot.Key, property.GetValue(made), limits);
            }
        }

        map.Done();
        if (made is IValidatableObject whole && map.Reading.Faults.Count == faults)
        {
            foreach (var result in whole.Validate(new(made)))
            {
                var name = KnownWords.Kebab(result.MemberNames.FirstOrDefault() ?? "");
                map.Reading.Add(field.Length == 0 || name.Length == 0 ? field + name : $"{field}.{name}", result.ErrorMessage!);
            }
        }
    }

    private static void Check(YamlMap map, string key, object? value, ValidationAttribute[] limits)
    {
        foreach (var limit in limits.Where(limit => !limit.IsValid(value)))
        {
            map.Fault(
                key,
                limit is RangeAttribute { ErrorMessage: null } range
                    ? $"Write {Text(range.Minimum)} to {Text(range.Maximum)}."
                    : limit.FormatErrorMessage(key)
            );
        }
    }

    private static string Text(object limit) =>
        limit is TimeSpan span ? Spans.Text(span) : Convert.ToString(limit, CultureInfo.InvariantCulture)!;
}
