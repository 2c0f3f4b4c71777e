using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace EarlyWarning.Cli.Importing;

/// <summary>Reads mapping files.</summary>
internal static class MappingFile
{
    /// <summary>Reads a file, or the one of this name that comes with the program.</summary>
    public static Mapping Find(string path)
    {
        if (File.Exists(path))
        {
            return Read(path);
        }

        var shipped = Path.Combine(AppContext.BaseDirectory, "Mappings", Path.GetFileName(path) + ".yaml");
        return File.Exists(shipped) ? Read(shipped) : throw new CliException($"there is no mapping file {path}.");
    }

    public static Mapping Read(string path)
    {
        try
        {
            var (text, documents) = PlainYaml.Read(path);
            EmptyKeys.Refuse(path, documents);
            var mapping = new DeserializerBuilder()
                .WithNamingConvention(UnderscoredNamingConvention.Instance)
                .WithDuplicateKeyChecking()
                .WithEnforceNullability()
                .Build()
                .Deserialize<Mapping?>(text)
                ?? throw new CliException($"{path} is empty.");
            return Check(mapping, path);
        }
        catch (YamlException error)
        {
            throw new CliException($"{path}, line {error.Start.Line}: {error.InnerException?.Message ?? error.Message}");
        }
    }

    private static Mapping Check(Mapping mapping, string path)
    {
        void Must(bool holds, string otherwise)
        {
            if (!holds)
            {
                throw new CliException($"{path}: {otherwise}");
            }
        }

        Must(mapping.Layout is Mapping.LongLayout or Mapping.WideLayout, $"layout is '{mapping.Layout}'. Use long or wide.");
        Must(
            CountryKeys.Systems.ContainsKey(mapping.Country.Code),
            $"country.code is '{mapping.Country.Code}'. Use {string.Join(", ", CountryKeys.Systems.Keys)}; codes of the file's own go "
                + $"into country.map."
        );
        foreach (var former in mapping.Country.Formerly)
        {
            Must(
                former is { Code.Length: > 0, Country.Length: > 0, Until: >= 1 and <= 9998 },
                "country.formerly needs code, until and country in each entry, such as { code: \"365\", until: 1990, country: SUN }."
            );
        }

        Must(mapping.Decimal is "." or ",", $"decimal is '{mapping.Decimal}'. Use '.' or ','.");
        Must(mapping.Decimal != "," || mapping.Delimiter != ",", "decimal and delimiter are both ','.");
        Must(
            mapping.Repeated is null || Combination.Kinds.Contains(mapping.Repeated),
            $"repeated is '{mapping.Repeated}'. Use {string.Join(", ", Combination.Kinds)}, or leave it out, and several rows of one key "
                + $"are refused."
        );
        mapping.Where.ForEach(condition => RowFilter.Read(condition));
        Must(mapping.Delimiter is null or { Length: 1 }, "delimiter must be one character.");
        foreach (var (name, time) in new[] { ("time", mapping.Time), ("known_at", mapping.KnownAt ?? new()) })
        {
            Must(
                new object?[] { time.Column, time.Year, time.Date }.Count(part => part is not null) <= 1,
                $"{name} has more than one of column, year and date."
            );
            Must(time.Month is null || time.Column is not null, $"{name}.month needs {name}.column, the column of the year.");
            Must(time.Day is null || time.Month is not null, $"{name}.day needs {name}.month.");
            Must(time.Year is null or (>= 1 and <= 9998), $"{name}.year is not a year.");
            Must(
                time.Date is not { } date || Moments.TryTime(date, out _),
                $"{name}.date '{time.Date}' is not a time. Write 2021-12-31 or 2021-12-31T00:00:00Z."
            );
        }

        if (mapping.Layout == Mapping.WideLayout)
        {
            Must(mapping.Country.Column is not null, "country.column is missing.");
            Must(
                mapping.Columns.Keys.All(name => name is "revision" or "horizon"),
                "columns has more than revision and horizon, which is all that the wide layout takes from there. Country, time, source "
                    + "and indicators have keys of their own."
            );
            Must(
                mapping.Time.Column is not null || mapping.Time.Year is not null || mapping.Time.Date is not null,
                "time needs a column, a year or a date."
            );
        }
        else
        {
            Must(
                mapping.Indicators.Columns.Count + mapping.Indicators.Except.Count == 0,
                "indicators.columns and indicators.except are of the wide layout. In the long one choose rows, such as with: where: "
                    + "[\"indicator in [deaths, displaced]\"]."
            );
        }

        return mapping;
    }
}
