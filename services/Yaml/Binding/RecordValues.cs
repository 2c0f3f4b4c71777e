using System.Collections;

namespace EarlyWarning.Yaml.Binding;

/// <summary>How values are read by the types that properties have.</summary>
internal static class RecordValues
{
    public static ValueReader ReaderOf(Type given)
    {
        var type = Nullable.GetUnderlyingType(given) ?? given;
        return type switch
        {
            _ when type == typeof(YamlValue) => static (value, _) => value,
            _ when type == typeof(string) => static (value, _) => value.Text(),
            _ when type == typeof(double) => static (value, _) => value.Number(),
            _ when type == typeof(int) => static (value, _) => (int?)value.Whole(int.MinValue, int.MaxValue),
            _ when type == typeof(long) => static (value, _) => value.Whole(),
            _ when type == typeof(bool) => static (value, _) => value.Flag(),
            _ when type == typeof(TimeSpan) => static (value, _) => value.Span(),
            _ when type == typeof(DateTimeOffset) => static (value, _) => value.Moment(),
            _ when type.IsEnum => EnumReader(type),
            { IsGenericType: true } when type.GetGenericArguments() is [var item] => ListReader(item),
            { IsGenericType: true } when type.GetGenericArguments() is [var key, var item] && key == typeof(string) => MapReader(item),
            { IsClass: true } => (value, field) => value.Map() is { } map ? RecordForm.Of(type).Read(map, field) : null,
            _ => throw new NotSupportedException($"{type} is a type that no file has."),
        };
    }

    private static ValueReader EnumReader(Type type)
    {
        var words = Enum.GetValues(type)
            .Cast<object>()
            .Where(value => value.ToString() != "Unspecified")
            .ToDictionary(value => KnownWords.Kebab(value.ToString()!));
        return (value, _) => value.Word(words);
    }

    private static ValueReader ListReader(Type item)
    {
        var (read, list) = (ReaderOf(item), typeof(List<>).MakeGenericType(item));
        return (value, field) =>
        {
            var all = (IList)Activator.CreateInstance(list)!;
            foreach (var one in value.Items())
            {
                var inner = $"{field}[{all.Count}]";
                value.Reading.Places.Add(inner, one.Place);
                if (read(one, inner) is { } made)
                {
                    all.Add(made);
                }
            }

            return all;
        };
    }

    private static ValueReader MapReader(Type item)
    {
        var (read, dictionary) = (ReaderOf(item), typeof(Dictionary<,>).MakeGenericType(typeof(string), item));
        return (value, field) =>
        {
            var all = (IDictionary)Activator.CreateInstance(dictionary)!;
            foreach (var (key, one) in value.Map()?.Pairs() ?? [])
            {
                var inner = $"{field}.{key.Text()}";
                value.Reading.Places.Add(inner, one.Place);
                if (read(one, inner) is { } made)
                {
                    all[key.Text() ?? ""] = made;
                }
            }

            return all;
        };
    }
}
