using EarlyWarning.Yaml;

namespace EarlyWarning.Cli.Output;

/// <summary>Files in YAML (of which JSON is a part) that <c>ew</c> is given.</summary>
internal static class YamlFile
{
    /// <summary>A file's text, where it is no longer than such files are read.</summary>
    /// <exception cref="CliException">It is longer.</exception>
    public static string Text(string path)
    {
        using var file = File.OpenText(path);
        return file.BaseStream.Length <= BoundedYaml.MostCharacters
            ? file.ReadToEnd()
            : throw new CliException(
                $"{path} has more than {DisplayText.Count(BoundedYaml.MostCharacters)} bytes, which no such file needs. Divide it."
            );
    }

    /// <summary>Makes something of the documents of a file; a document that is a list is each of its items.</summary>
    /// <exception cref="CliException">It has faults; the message has each with its line.</exception>
    public static List<T> Read<T>(string path, Func<YamlValue, IEnumerable<T>> read)
    {
        YamlReading reading = new(path);
        try
        {
            var documents = reading.LoadAll(new StringReader(Text(path)), path) ?? [];
            List<T> all = [.. documents.SelectMany(document => document.IsList ? document.Items() : [document]).SelectMany(read)];
            reading.ThrowIfAny();
            return all;
        }
        catch (FaultyFileException error)
        {
            throw new CliException(error.Message);
        }
    }
}
