using EarlyWarning.ServiceDefaults.Files;

namespace EarlyWarning.ServiceDefaults.Tests.Files;

/// <summary>Whatever happens to a file, what was taken last stays in force until what it says now can be.</summary>
public sealed class WatchedFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ew-watched-").FullName;
    private readonly string _path;
    private readonly List<string> _taken = [];
    private readonly WatchedFile<FileContent> _file;

    public WatchedFileTests()
    {
        _path = Path.Combine(_folder, "rules.yaml");
        _file = Watch(goneBy: null);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Look_NoFileYet_IsNoProblem_AndTheFirstOneIsToldOfOnce()
    {
        _file.Open();
        Assert.Equal(FileLook.Nothing, _file.Look());
        Assert.False(_file.There.IsCancellationRequested);

        Write("one");

        Assert.Equal((FileLook.First, FileLook.Nothing), (_file.Look(), _file.Look()));
        Assert.Equal(["one"], _taken);
        Assert.True(_file.There.WaitHandle.WaitOne(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void Open_FileAtFault_Throws_AndCanBeTriedAgain()
    {
        Write("half");
        Assert.Throws<FormatException>(_file.Open);

        Write("one.");
        _file.Open();

        Assert.Equal(["one."], _taken);
    }

    [Fact]
    public void Look_HalfWritten_KeepsTheLastOneAndSaysSoOnce_UntilItIsWhole()
    {
        Write("one");
        _file.Open();
        Write("half");

        Assert.Equal((FileLook.Refused, FileLook.Nothing), (_file.Look(), _file.Look()));
        Assert.Equal("'half' is not whole.", _file.Problem);
        Write("two");

        Assert.Equal(FileLook.Taken, _file.Look());
        Assert.Equal(["one", "two"], _taken);
        Assert.Empty(_file.Problem);
    }

    [Fact]
    public void Look_AnotherRenamedIntoItsPlace_IsTaken()
    {
        Write("one");
        _file.Open();
        var other = Path.Combine(_folder, "new");
        File.WriteAllText(other, "two");
        File.Move(other, _path, overwrite: true);

        Assert.Equal(FileLook.Taken, _file.Look());
        Assert.Equal(["one", "two"], _taken);
    }

    [Fact]
    public void Look_SameSizeAndTime_IsTaken()
    {
        Write("one");
        _file.Open();
        var written = File.GetLastWriteTimeUtc(_path);
        Write("two");
        File.SetLastWriteTimeUtc(_path, written);

        Assert.Equal(FileLook.Taken, _file.Look());
        Assert.Equal(["one", "two"], _taken);
    }

    [Fact]
    public void Look_LinkThatLeadsElsewhere_IsTaken()
    {
        foreach (var name in (string[])["one", "two"])
        {
            File.WriteAllText(Path.Combine(_folder, name), name);
        }

        File.CreateSymbolicLink(_path, "one");
        _file.Open();
        File.Delete(_path);
        File.CreateSymbolicLink(_path, "two");

        Assert.Equal(FileLook.Taken, _file.Look());
        Assert.Equal(["one", "two"], _taken);
    }

    [Fact]
    public void Look_GoneAndBackAsItWas_IsInForceAllTheTime()
    {
        Write("one");
        _file.Open();
        File.Delete(_path);

        Assert.Equal((FileLook.Refused, FileLook.Nothing), (_file.Look(), _file.Look()));
        Assert.Equal($"{_path} is gone. It stays.", _file.Problem);
        Write("one");

        Assert.Equal(FileLook.Taken, _file.Look());
        Assert.Equal(["one"], _taken);
        Assert.Empty(_file.Problem);
    }

    [Fact]
    public void Look_GoneWhereNothingMayStay_IsTakenOut_AndTakenAgainWhenItIsBack()
    {
        var file = Watch(() => _taken.Add("-"));
        Write("one");
        file.Open();
        File.Delete(_path);
        Assert.Equal((FileLook.Refused, FileLook.Nothing), (file.Look(), file.Look()));
        Write("one");

        Assert.Equal(FileLook.Taken, file.Look());
        Assert.Equal(["one", "-", "one"], _taken);
    }

    [Fact]
    public void Look_PermissionLost_KeepsTheLastOneUntilItIsBack()
    {
        var isLost = false;
        WatchedFile<FileContent> file = new(
            _path,
            () => isLost ? throw new UnauthorizedAccessException("Access is denied.") : FileContent.Read(_path),
            content => _taken.Add(content.Text),
            "It stays."
        );
        Write("one");
        file.Open();
        isLost = true;

        Assert.Equal((FileLook.Refused, FileLook.Nothing), (file.Look(), file.Look()));
        Assert.Equal("Access is denied.", file.Problem);
        isLost = false;

        Assert.Equal(FileLook.Taken, file.Look());
        Assert.Equal(["one"], _taken);
        Assert.Empty(file.Problem);
    }

    [Fact]
    public void Look_LargerThanSuchAFileCanBe_IsRefused()
    {
        Write("one");
        _file.Open();
        Write(new('x', 101));

        Assert.Equal(FileLook.Refused, _file.Look());
        Assert.Contains("has 101 bytes, which no such file needs; at most 100 are read.", _file.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoPath_IsNoFile() => Assert.Null(FileContent.Read(""));

    [Fact]
    public void Text_WithAByteOrderMark_BeginsBehindIt()
    {
        File.WriteAllText(_path, "one", System.Text.Encoding.UTF8);

        Assert.Equal("one", FileContent.Read(_path)!.Text);
    }

    private WatchedFile<FileContent> Watch(Action? goneBy) =>
        new(
            _path,
            () => FileContent.Read(_path, 100),
            content => _taken.Add(content.Text != "half" ? content.Text : throw new FormatException("'half' is not whole.")),
            "It stays.",
            goneBy
        );

    private void Write(string text) => File.WriteAllText(_path, text);
}
