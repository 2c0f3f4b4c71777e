using EarlyWarning.Cli.Output;
using EarlyWarning.Yaml;
using EarlyWarning.Yaml.Binding;

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
            return YamlReading.Read(YamlFile.Text(path), path, static top => RecordForm.Read<Mapping>(top));
        }
        catch (FaultyFileException error)
        {
            throw new CliException(error.Message);
        }
    }
}
