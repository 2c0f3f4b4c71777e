using System.Reflection;

namespace EarlyWarning.Store.Migrations;

/// <summary>
/// A step of a service's tables, run once and in order at the start. Its text is SQL that both engines take, one statement to a semicolon
/// at a line's end; a line that begins with <c>--sqlite </c> or <c>--postgres </c> is for that engine alone.
/// </summary>
/// <param name="Service">Whose tables.</param>
/// <param name="Number">1 for the first step of a service, then without gaps.</param>
/// <param name="Text">The statements.</param>
public sealed record Migration(string Service, int Number, string Text)
{
    /// <summary>
    /// Reads the migrations that a service's assembly carries as resources, named such as <c>Migrations.0001-breaches.sql</c>.
    /// </summary>
    public static IReadOnlyList<Migration> Of(string service, Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        var names = assembly
            .GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        return [.. names.Select((name, index) => new Migration(service, index + 1, Read(assembly, name)))];
    }

    /// <summary>The statements for one engine.</summary>
    internal IEnumerable<string> Statements(string dialect)
    {
        var mine = $"--{dialect} ";
        var lines = Text.Split('\n')
            .Select(line => line.StartsWith(mine, StringComparison.Ordinal) ? line[mine.Length..] : line)
            .Where(line => !line.StartsWith("--", StringComparison.Ordinal));
        return string.Join('\n', lines).Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static string Read(Assembly assembly, string name)
    {
        using StreamReader reader = new(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
