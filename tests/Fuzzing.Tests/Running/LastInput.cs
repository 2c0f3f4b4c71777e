using System.IO.MemoryMappedFiles;

namespace EarlyWarning.Fuzzing.Tests.Running;

/// <summary>
/// Keeps the input that is being tried in a file, so that one that ends the process (a stack that overflows, no memory left) is known
/// afterwards. The file goes with a run that ends well.
/// </summary>
internal sealed class LastInput : IDisposable
{
    private const string Extension = ".last";
    private readonly string _path;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    public LastInput(string folder, Target target)
    {
        Directory.CreateDirectory(folder);
        _path = Path.Combine(folder, target.Name + Extension);
        _file = MemoryMappedFile.CreateFromFile(_path, FileMode.Create, mapName: null, sizeof(int) + target.MostBytes);
        _view = _file.CreateViewAccessor();
    }

    /// <summary>Keeps an input.</summary>
    public void Keep(byte[] input)
    {
        _view.Write(0, input.Length);
        _view.WriteArray(sizeof(int), input, 0, input.Length);
    }

    /// <summary>The inputs that ended a process, by target; they are taken once.</summary>
    public static IEnumerable<(string Target, byte[] Input)> TakeFrom(string folder)
    {
        foreach (var path in Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + Extension) : [])
        {
            var bytes = File.ReadAllBytes(path);
            File.Delete(path);
            yield return (Path.GetFileNameWithoutExtension(path), bytes[sizeof(int)..(sizeof(int) + BitConverter.ToInt32(bytes))]);
        }
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
        File.Delete(_path);
    }
}
