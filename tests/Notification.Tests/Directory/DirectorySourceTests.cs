using EarlyWarning.Notification.Directory;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.Store.Processes;
using EarlyWarning.Yaml;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using static EarlyWarning.Notification.Tests.Infrastructure.Samples;

namespace EarlyWarning.Notification.Tests.Directory;

public sealed class DirectorySourceTests : IDisposable
{
    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("ew-directory-").FullName;
    private readonly FakeTimeProvider _time = new(Start);
    private readonly TestProcesses _processes = new("own");
    private readonly DirectorySource _source;

    public DirectorySourceTests() =>
        _source = new(new(), new Suite(true, _folder), _processes, _time, NullLogger<DirectorySource>.Instance);

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Current_NoFile_IsEmpty() => Assert.Empty(_source.Current.Entries);

    [Fact]
    public void Current_FaultyAtTheStart_Throws()
    {
        File.WriteAllText(_source.File, "recipients: 3");

        Assert.Throws<FaultyFileException>(() => _source.Current);
    }

    [Fact]
    public void Current_FileAppearsAndHasFaultsLater_OthersAreToldOfTheOneInForce()
    {
        Assert.Empty(_source.Current.Entries);
        Assert.Equal("none", _processes.Files["directory.yaml"]);
        var text = DirectoryText(Recipient("a", "operator"));
        foreach (var content in (string[])[text, "recipients: 3"])
        {
            File.WriteAllText(_source.File, content);
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Single(_source.Current.Entries);
            Assert.Equal(FileFingerprint.Of(text), _processes.Files["directory.yaml"]);
        }
    }

    [Fact]
    public void Current_FileChanged_IsReadAgain()
    {
        Assert.Empty(_source.Current.Entries);
        File.WriteAllText(_source.File, DirectoryText(Recipient("a", "operator")));
        Assert.Empty(_source.Current.Entries);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Single(_source.Current.Entries);
    }

    [Fact]
    public void Current_FileBehindLinks_IsReadAgainWhenTheyLeadElsewhere()
    {
        var (first, second, now) = (Path.Combine(_folder, "first"), Path.Combine(_folder, "second"), Path.Combine(_folder, "now"));
        File.WriteAllText(
            Path.Combine(System.IO.Directory.CreateDirectory(first).FullName, "file"),
            DirectoryText(Recipient("a", "operator"))
        );
        File.WriteAllText(
            Path.Combine(System.IO.Directory.CreateDirectory(second).FullName, "file"),
            DirectoryText($"{Recipient("a", "operator")}\n{Recipient("b", "operator")}")
        );
        System.IO.Directory.CreateSymbolicLink(now, first);
        File.CreateSymbolicLink(_source.File, Path.Combine("now", "file"));
        Assert.Single(_source.Current.Entries);

        System.IO.Directory.Delete(now);
        System.IO.Directory.CreateSymbolicLink(now, second);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(2, _source.Current.Entries.Count);
        System.IO.Directory.Delete(now);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(2, _source.Current.Entries.Count);
        Assert.NotEmpty(_source.Problem);
    }

    [Theory]
    [InlineData("recipients: 3")]
    [InlineData(null)]
    public void Current_ChangedToFaultyOrGone_StaysAndSaysSo(string? text)
    {
        File.WriteAllText(_source.File, DirectoryText(Recipient("a", "operator")));
        Assert.Single(_source.Current.Entries);
        if (text is null)
        {
            File.Delete(_source.File);
        }
        else
        {
            File.WriteAllText(_source.File, text);
        }

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Single(_source.Current.Entries);
        Assert.NotEmpty(_source.Problem);
    }
}
