using Tsavorite.core;

namespace EarlyWarning.Store.Embedded;

/// <summary>The embedded store's files: its log on a <see cref="LogDevice"/>, the others as Garnet writes them.</summary>
internal sealed class EmbeddedDevices(INamedDeviceFactoryCreator others) : INamedDeviceFactoryCreator
{
    private const string Log = "aof.log";

    public INamedDeviceFactory Create(string baseName) => new Factory(baseName, others.Create(baseName));

    private sealed class Factory(string baseName, INamedDeviceFactory others) : INamedDeviceFactory
    {
        public IDevice Get(FileDescriptor fileInfo)
        {
            if (fileInfo.fileName == Log)
            {
                var file = Path.Combine(baseName, fileInfo.directoryName, fileInfo.fileName);
                return new LogDevice(file, LogTail.Find(file, EmbeddedServer.LogSegment, EmbeddedServer.LogPage));
            }

            // A checkpoint has begun and is not yet recoverable.
            if (fileInfo.directoryName?.Contains("cpr-checkpoints", StringComparison.Ordinal) == true)
            {
                CrashPoint.Reach(CrashPoint.DuringCheckpoint);
            }

            return others.Get(fileInfo);
        }

        public IEnumerable<FileDescriptor> ListContents(string path) => others.ListContents(path);

        public void Delete(FileDescriptor fileInfo) => others.Delete(fileInfo);
    }
}
