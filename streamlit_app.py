from generator.app.main import show

show()
