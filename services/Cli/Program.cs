Console.WriteLine("Early Warning");
