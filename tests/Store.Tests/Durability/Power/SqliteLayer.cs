using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace EarlyWarning.Store.Tests.Durability.Power;

/// <summary>
/// Sits between SQLite and the system's files for the folders of <see cref="LosingDisk"/>s, as SQLite's default VFS; for all others it
/// does nothing. The system's own functions do the work; those that write, flush or delete tell the disk of it.
/// </summary>
internal static unsafe partial class SqliteLayer
{
    private const int Ok = 0;
    private const string Library = "e_sqlite3";
    private static readonly ConcurrentDictionary<string, LosingDisk> s_disks = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<nint, Opened> s_opened = new();
    private static readonly ConcurrentDictionary<nint, nint> s_tables = new();
    private static readonly Vfs* s_system = Register();

    public static void Add(LosingDisk disk) => s_disks[disk.Folder] = disk;

    public static void Remove(LosingDisk disk) => s_disks.TryRemove(disk.Folder, out _);

    private static Vfs* Register()
    {
        SQLitePCL.Batteries_V2.Init();
        var system = Find(null);
        var layer = (Vfs*)NativeMemory.Alloc((nuint)sizeof(Vfs));
        *layer = *system;
        layer->Name = (byte*)Marshal.StringToCoTaskMemUTF8("losing");
        layer->Open = &Open;
        layer->Delete = &Delete;
        return Register(layer, makeDefault: 1) == Ok ? system : throw new InvalidOperationException("SQLite takes no layer.");
    }

    private static LosingDisk? DiskOf(string? path) => path is null ? null : s_disks.GetValueOrDefault(Path.GetDirectoryName(path) ?? "");

    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static int Open(Vfs* layer, byte* name, nint* file, int flags, int* given)
    {
        var path = Marshal.PtrToStringUTF8((nint)name);
        var disk = DiskOf(path);
        disk?.Know(path!);
        var result = s_system->Open(s_system, name, file, flags, given);
        if (result == Ok && disk is not null)
        {
            var methods = *file;
            s_opened[(nint)file] = new(disk, path!, methods);
            *file = s_tables.GetOrAdd(methods, Table);
        }

        return result;
    }

    /// <summary>The system's functions for a file, with ours in the place of those that change it.</summary>
    private static nint Table(nint system)
    {
        var table = (Methods*)NativeMemory.Alloc((nuint)sizeof(Methods));
        *table = *(Methods*)system;

        // The second version is the last one that does not map the file into memory.
        table->Version = Math.Min(table->Version, 2);
        table->Close = &Close;
        table->Write = &Write;
        table->Truncate = &Truncate;
        table->Sync = &Sync;
        return (nint)table;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static int Delete(Vfs* layer, byte* name, int syncFolder)
    {
        var path = Marshal.PtrToStringUTF8((nint)name);
        if (DiskOf(path) is not { } disk)
        {
            return s_system->Delete(s_system, name, syncFolder);
        }

        lock (disk.Gate)
        {
            var result = s_system->Delete(s_system, name, syncFolder);
            if (result == Ok)
            {
                disk.Delete(path!, syncFolder != 0);
            }

            return result;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static int Close(nint* file)
    {
        s_opened.TryRemove((nint)file, out var opened);
        *file = opened!.Methods;
        return opened.System->Close(file);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static int Write(nint* file, byte* bytes, int count, long at)
    {
        var opened = s_opened[(nint)file];
        lock (opened.Disk.Gate)
        {
            var result = opened.System->Write(file, bytes, count, at);
            if (result == Ok)
            {
                opened.Disk.Write(opened.Path, at, new ReadOnlySpan<byte>(bytes, count));
            }

            return result;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static int Truncate(nint* file, long length)
    {
        var opened = s_opened[(nint)file];
        lock (opened.Disk.Gate)
        {
            var result = opened.System->Truncate(file, length);
            if (result == Ok)
            {
                opened.Disk.Truncate(opened.Path, length);
            }

            return result;
        }
    }

    /// <summary>The disk alone says what is durable; the system's flush would only cost time.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static int Sync(nint* file, int flags)
    {
        var opened = s_opened[(nint)file];
        lock (opened.Disk.Gate)
        {
            opened.Disk.Sync(opened.Path);
        }

        return Ok;
    }

    [LibraryImport(Library, EntryPoint = "sqlite3_vfs_find", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial Vfs* Find(string? name);

    [LibraryImport(Library, EntryPoint = "sqlite3_vfs_register")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial int Register(Vfs* vfs, int makeDefault);

    /// <summary>A file that SQLite has open.</summary>
    private sealed record Opened(LosingDisk Disk, string Path, nint Methods)
    {
        public Methods* System => (Methods*)Methods;
    }

    /// <summary>SQLite's <c>sqlite3_vfs</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Vfs
    {
        public int Version;
        public int FileSize;
        public int LongestPath;
        public Vfs* Next;
        public byte* Name;
        public void* Data;
        public delegate* unmanaged[Cdecl]<Vfs*, byte*, nint*, int, int*, int> Open;
        public delegate* unmanaged[Cdecl]<Vfs*, byte*, int, int> Delete;
        public fixed long Others[14];
    }

    /// <summary>SQLite's <c>sqlite3_io_methods</c>; a file begins with a pointer to it.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Methods
    {
        public int Version;
        public delegate* unmanaged[Cdecl]<nint*, int> Close;
        public void* Read;
        public delegate* unmanaged[Cdecl]<nint*, byte*, int, long, int> Write;
        public delegate* unmanaged[Cdecl]<nint*, long, int> Truncate;
        public delegate* unmanaged[Cdecl]<nint*, int, int> Sync;
        public fixed long Others[13];
    }
}
